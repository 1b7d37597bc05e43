// Moving a task: shown at once, then asked for on the condition that the task is still as it was seen.
import { pause, read, write } from '../api/client.js';

const TRIES = 5;

/**
 * @returns {Promise<{task}|{lost}>} the task as it became; or, where somebody was faster, what they did and how it is now
 */
export async function move(seen, statusId) {
  for (let attempt = 1; ; attempt++) {
    const { body: now, version } = await read('task/get', { task_id: seen.task_id });
    if (now.status_id !== seen.status_id && now.status_id !== statusId) {
      return { lost: { now, change: await lastMove(seen.task_id) } };
    }
    try {
      const { body } = await write('task/change_status', { task_id: seen.task_id, status_id: statusId }, { version });
      return { task: body };
    } catch (error) {
      if (error.status !== 412 || attempt === TRIES) {
        throw error;
      }
      // Something happened to it that the read model may not know yet: look again whether it concerns the status.
      await pause(attempt * 200);
    }
  }
}

async function lastMove(taskId) {
  const { body } = await read('task/history', { task_id: taskId, page: { limit: 20 } });
  return body.results.find(event => event.event_name === 'task.status_changed');
}
