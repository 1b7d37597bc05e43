// The tasks that a query finds, kept true by the stream: an event says only which task to ask for again, and the same
// query answers whether it still belongs here. So no rule of the service is written twice.
import { Store } from '../ui/store.js';
import { read } from '../api/client.js';
import { connection, onEvent, opened } from '../api/events.js';

const FIELDS = ['task_id', 'name', 'status_id', 'status_type', 'priority', 'assignee', 'project_id', 'task_type_id', 'category_id', 'created_at', 'updated_at'];
const FIRST = 200;
const NEXT = 2_500;
/** More than one board needs; beyond it the counts above the columns are of what is shown, and the board says so. */
export const MOST = 10_000;
const GATHER_MS = 120;

export class TaskSet {
  /** { tasks: Map by id, total, done, error }; a new object with every change. */
  state = new Store({ tasks: new Map(), total: 0, done: false, error: null });

  #conditions;
  #keyword;
  #at;
  #closed = false;
  #readEarly = false;
  #wanted = new Set();
  #gathering = null;
  #moved = new Map();
  #loads = 0;
  /** Whose newest state came while the pages are read. */
  #told = new Set();
  #stops = [];

  /**
   * @param conditions and-ed, as the query language has them
   * @param at a time in the past; then nothing changes any more
   */
  constructor({ conditions, keyword = '', at = null }) {
    this.#conditions = conditions;
    this.#keyword = keyword;
    this.#at = at;
  }

  async open() {
    if (!this.#at) {
      this.#stops.push(onEvent(event => event.source === '/opsflow/v1/task' && this.#refresh(event.subject)));
      // What was read before the stream was open may be older than what the stream tells first.
      this.#stops.push(connection.subscribe(state => state === 'open' && this.#readEarly && this.load()));
      await opened();
    }
    await this.load();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#gathering);
    this.#stops.forEach(stop => stop());
  }

  /** The newest first, page by page: each begins where the last one ended, whatever was created meanwhile. */
  async load() {
    this.#readEarly = connection.value !== 'open';
    this.#told.clear();
    const number = ++this.#loads;
    const tasks = new Map();
    let oldest = null;
    try {
      for (let limit = FIRST; ; limit = NEXT) {
        const conditions = oldest ? [{ k: 'created_at', v: oldest, o: 'lte' }] : [];
        const { results, total_count: left } = await this.#list(conditions, limit);
        if (this.#closed || number !== this.#loads) {
          return;
        }
        const before = tasks.size;
        results.forEach(task => tasks.set(task.task_id, task));
        oldest = results.at(-1)?.created_at;
        const done = results.length >= left || tasks.size >= MOST || tasks.size === before;
        const shown = this.#withTold(tasks);
        this.#set({ tasks: shown, total: done && shown.size < MOST ? shown.size : before ? this.state.value.total : left, done, error: null });
        if (done) {
          return;
        }
      }
    } catch (error) {
      if (number === this.#loads) {
        this.#set({ ...this.state.value, done: true, error });
      }
    }
  }

  /** What came while the pages were read is newer than they are. */
  #withTold(pages) {
    const tasks = new Map(pages);
    for (const id of this.#told) {
      const task = this.state.value.tasks.get(id);
      task ? tasks.set(id, task) : tasks.delete(id);
    }
    return tasks;
  }

  /** Shows a change before the service has confirmed it, until settle() is called with what this returns. */
  assume(taskId, changes) {
    const assumption = { taskId, changes };
    this.#moved.set(taskId, assumption);
    this.#set({ ...this.state.value });
    return assumption;
  }

  /** What was assumed is over: the task is as the service says, or as it was. A later assumption goes on. */
  settle(assumption, task) {
    const { taskId } = assumption;
    if (this.#moved.get(taskId) === assumption) {
      this.#moved.delete(taskId);
    }
    const tasks = new Map(this.state.value.tasks);
    if (task) {
      this.#told.add(taskId);
      tasks.set(taskId, newer(tasks.get(taskId), Object.fromEntries(FIELDS.map(field => [field, task[field]]))));
    }
    this.#set({ ...this.state.value, tasks });
  }

  /** The task as it is shown. */
  shown(task) {
    const assumed = this.#moved.get(task.task_id);
    return assumed ? { ...task, ...assumed.changes } : task;
  }

  async #list(more, limit) {
    const query = { filter: [...this.#conditions, ...more], only: FIELDS, page: { limit }, sort: [{ key: 'created_at', desc: true }] };
    if (this.#keyword) {
      query.keyword = this.#keyword;
    }
    const { body } = await (this.#at ? read('task/list_at', { at: this.#at, query }) : read('task/list', { query }));
    return body;
  }

  #refresh(taskId) {
    this.#wanted.add(taskId);
    this.#gathering ??= setTimeout(() => this.#gather(), GATHER_MS);
  }

  async #gather() {
    const ids = [...this.#wanted].slice(0, 1_000);
    ids.forEach(id => this.#wanted.delete(id));
    try {
      const { results } = await this.#list([{ k: 'task_id', v: ids, o: 'in' }], ids.length);
      const tasks = new Map(this.state.value.tasks);
      const before = tasks.size;
      const known = new Map(ids.map(id => [id, tasks.get(id)]));
      ids.forEach(id => this.#told.add(id) && tasks.delete(id));
      // An answer may be older than what a write of one's own has told meanwhile.
      results.forEach(task => tasks.set(task.task_id, newer(known.get(task.task_id), task)));
      const { total } = this.state.value;
      this.#set({ ...this.state.value, tasks, total: total + tasks.size - before });
    } catch {
      ids.forEach(id => this.#wanted.add(id)); // the stream comes back, and so does the service
    }
    this.#gathering = this.#wanted.size && !this.#closed ? setTimeout(() => this.#gather(), GATHER_MS * 4) : null;
  }

  #set(state) {
    if (!this.#closed) {
      this.state.set(state);
    }
  }
}

/** Of two states of a task; there may be none yet. */
function newer(known, task) {
  return known?.updated_at > task.updated_at ? known : task;
}
