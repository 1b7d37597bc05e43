// Which card stands where, and which is reached from there by key.
import { PRIORITIES } from '../api/catalog.js';

/** Urgent first, then new. A status that the category no longer has still shows its tasks, at the end. */
export function columnsOf(statuses, tasks, state) {
  const columns = new Map(statuses.map(status => [status.status_id, { status, tasks: [] }]));
  for (const task of state.tasks.values()) {
    const shown = tasks.shown(task);
    if (!columns.has(shown.status_id)) {
      columns.set(shown.status_id, { status: { status_id: shown.status_id, name: shown.status_id, color: '', type: shown.status_type }, tasks: [] });
    }
    columns.get(shown.status_id).tasks.push(shown);
  }
  const rank = Object.fromEntries(PRIORITIES.map((priority, index) => [priority, index]));
  for (const column of columns.values()) {
    column.tasks.sort((x, y) => rank[x.priority] - rank[y.priority] || (x.created_at < y.created_at ? 1 : x.created_at > y.created_at ? -1 : x.task_id < y.task_id ? -1 : 1));
  }
  return [...columns.values()];
}

/** Beside up and down: how far a key goes in its column. */
const ALONG = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };

/** Arrows go from card to card; with Shift, left and right take the card along. */
export function keyTarget(event, columns, column, index) {
  const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const along = ALONG[event.key];
  if (event.altKey || event.ctrlKey || event.metaKey || (!sideways && !along)) {
    return null;
  }
  if (sideways && event.shiftKey) {
    return { status: columns[column + sideways]?.status.status_id };
  }
  if (sideways) {
    for (let next = column + sideways; columns[next]; next += sideways) {
      const cards = columns[next].tasks;
      if (cards.length) {
        return { task: cards[Math.min(index, cards.length - 1)].task_id };
      }
    }
    return null;
  }
  const cards = columns[column].tasks;
  return { task: cards[Math.max(0, Math.min(index + along, cards.length - 1))].task_id };
}
