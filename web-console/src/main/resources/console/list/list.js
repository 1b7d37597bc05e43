// The tasks as a table, by any query there is.
import { h, html, useEffect, useMemo, useState } from '../ui/dom.js';
import { Menu } from '../ui/dialog.js';
import { Empty, Failure, Loading } from '../ui/notice.js';
import { useStore } from '../ui/store.js';
import { Moment } from '../ui/time.js';
import { number, t } from '../ui/text.js';
import { read } from '../api/client.js';
import { onChange } from '../api/events.js';
import { categoryOf, statusName, statusOf, typeOf } from '../api/catalog.js';
import { address, change, route } from '../shell/route.js';
import { problem, sent } from './conditions.js';
import { download } from './csv.js';
import { FilterBuilder } from './filter-builder.js';
import { Requests } from './request.js';

const { a, button, div, form, h1, input, label, p, span, table, tbody, td, th, thead, tr } = html;

const PAGE = 50;
const CHOICES = ['name', 'status_id', 'priority', 'assignee', 'project_id', 'task_type_id', 'category_id', 'created_at', 'updated_at', 'started_at', 'completed_at', 'created_by', 'task_id', 'workspace_id'];
const SHOWN = ['name', 'status_id', 'priority', 'assignee', 'project_id', 'created_at', 'updated_at'];

export function List() {
  const { values } = useStore(route);
  const columns = values.has('cols') ? values.get('cols').split(',') : SHOWN;
  const sort = values.get('sort') ?? '-created_at';
  const page = Math.max(1, Number(values.get('page')) || 1);
  const all = conditionsFrom(values.get('all'));
  const any = conditionsFrom(values.get('any'));
  const request = useMemo(() => requestOf({ columns, sort, page, all, any, keyword: values.get('q') ?? '' }), [values.toString()]);
  const { answer, error, loading, reload } = useAnswer(request);
  const set = more => change({ page: null, ...more }, { replace: true });
  const results = answer?.results ?? [];

  return div(
    { class: 'list-view' },
    div(
      { class: 'view-head' },
      h1(null, t('view.list')),
      span({ class: 'fine', role: 'status' }, answer ? t('tasks.count', { n: answer.total_count }) : ''),
      div(
        { class: 'toolbar-end' },
        h(Columns, { columns, set: chosen => change({ cols: chosen.join(',') }, { replace: true }) }),
        button({ type: 'button', disabled: loading || !results.length, onClick: () => download(columns.map(key => ({ key, title: title(key), text: task => text(key, task) })), results) }, t('list.csv')),
      ),
    ),
    h(Query, { all, any, keyword: values.get('q') ?? '', set }),
    h(Requests, { requests: [{ verb: 'task/list', body: request }] }),
    error && h(Failure, { error, again: reload }),
    !answer && !error && h(Loading),
    answer && !results.length && h(Empty, { title: t('list.empty') }, p(null, t('list.empty.hint'))),
    results.length > 0 &&
      div(
        { class: `table-box ${loading ? 'stale' : ''}`, tabIndex: 0, role: 'group', 'aria-label': t('view.list') },
        table(
          null,
          thead(null, tr(null, columns.map(key => h(Head, { key, name: key, sort, set: order => set({ sort: order }) })))),
          tbody(
            null,
            results.map(task => tr({ key: task.task_id }, columns.map(key => td({ key, class: `cell-${key.split('.')[0]}` }, h(Cell, { name: key, task, values }))))),
          ),
        ),
      ),
    answer && h(Pages, { page, total: answer.total_count, set: next => change({ page: next > 1 ? next : null }) }),
  );
}

/** Asks again for what changed meanwhile, at most twice a second. */
function useAnswer(request) {
  const [state, setState] = useState({ answer: null, error: null, of: null });
  const load = useMemo(() => {
    const own = { current: true, asked: 0, shown: 0 };
    const run = async () => {
      const number = ++own.asked;
      const set = state => {
        if (own.current && number > own.shown) {
          own.shown = number; // an older answer may come later
          setState(state);
        }
      };
      try {
        const { body } = await read('task/list', request);
        set({ answer: body, error: null, of: request });
      } catch (error) {
        set(before => ({ ...before, error, of: request }));
      }
    };
    return { run, own };
  }, [request]);
  useEffect(() => {
    load.own.current = true;
    load.run();
    let timer = null;
    const stop = onChange(() => {
      timer ??= setTimeout(() => {
        timer = null;
        load.run();
      }, 500);
    });
    return () => {
      load.own.current = false;
      clearTimeout(timer);
      stop();
    };
  }, [load]);
  return { ...state, loading: state.of !== request, reload: load.run };
}

function requestOf({ columns, sort, page, all, any, keyword }) {
  const query = { only: [...new Set(['task_id', ...columns.map(key => (key.startsWith('data.') ? 'data' : key))])] };
  const good = conditions => conditions.filter(condition => !problem(condition)).map(sent);
  if (all.length) {
    query.filter = good(all);
  }
  if (any.length) {
    query.filter_or = good(any);
  }
  if (keyword.trim()) {
    query.keyword = keyword.trim();
  }
  query.sort = [{ key: sort.replace(/^-/, ''), desc: sort.startsWith('-') }];
  query.page = { start: (page - 1) * PAGE + 1, limit: PAGE };
  return { query };
}

/** The query is asked when it is applied, not at every key. */
function Query({ all, any, keyword, set }) {
  const [draft, setDraft] = useState({ all, any, keyword });
  useEffect(() => setDraft({ all, any, keyword }), [JSON.stringify([all, any, keyword])]);
  const onSubmit = event => {
    event.preventDefault();
    set({ all: draft.all.length ? JSON.stringify(draft.all) : null, any: draft.any.length ? JSON.stringify(draft.any) : null, q: draft.keyword.trim() || null });
  };
  return form(
    { class: 'query panel-box', onSubmit, role: 'search', 'aria-label': t('list.query') },
    div({ class: 'field' }, label({ for: 'list-keyword' }, t('filter.keyword')), input({ id: 'list-keyword', type: 'search', value: draft.keyword, onInput: event => setDraft({ ...draft, keyword: event.target.value }) })),
    h(FilterBuilder, { mode: 'all', conditions: draft.all, change: value => setDraft({ ...draft, all: value }) }),
    h(FilterBuilder, { mode: 'any', conditions: draft.any, change: value => setDraft({ ...draft, any: value }) }),
    div(
      { class: 'query-end' },
      (draft.all.length > 0 || draft.any.length > 0 || draft.keyword) && button({ type: 'button', class: 'quiet', onClick: () => set({ all: null, any: null, q: null }) }, t('filters.clear')),
      button({ type: 'submit', class: 'primary' }, t('list.apply')),
    ),
  );
}

function Head({ name, sort, set }) {
  const sorted = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined;
  return th(
    { 'aria-sort': sorted, scope: 'col' },
    button({ type: 'button', class: 'sort', onClick: () => set(sorted === 'ascending' ? `-${name}` : name) }, title(name), span({ class: 'sort-sign', 'aria-hidden': 'true' }, sorted === 'ascending' ? '↑' : sorted === 'descending' ? '↓' : '')),
  );
}

function Cell({ name, task, values }) {
  if (name === 'name' || name === 'task_id') {
    const open = new URLSearchParams(values);
    open.set('task', task.task_id);
    return a({ href: address('list', open) }, task[name]);
  }
  if (name.endsWith('_at')) {
    return h(Moment, { at: task[name] });
  }
  if (name === 'status_id') {
    return span({ class: 'status' }, span({ class: 'status-dot', style: { backgroundColor: statusOf(task.status_id)?.color || undefined }, 'aria-hidden': 'true' }), statusName(task.status_id));
  }
  if (name === 'priority') {
    return span({ class: `priority-${task.priority}` }, span({ class: 'priority' }, span({ class: 'priority-sign', 'aria-hidden': 'true' }), text(name, task)));
  }
  return text(name, task);
}

function Columns({ columns, set }) {
  const [path, setPath] = useState('');
  const extra = columns.filter(key => !CHOICES.includes(key));
  const toggle = key => set(columns.includes(key) ? columns.filter(other => other !== key) : [...columns, key]);
  const add = event => {
    event.preventDefault();
    if (/^data(\.[^.]+)+$/.test(path.trim()) && !columns.includes(path.trim())) {
      set([...columns, path.trim()]);
      setPath('');
    }
  };
  return h(
    Menu,
    { label: t('list.columns'), kind: 'filter', align: 'end' },
    div(
      { class: 'options' },
      [...CHOICES, ...extra].map(key => label({ class: 'option', key }, input({ type: 'checkbox', checked: columns.includes(key), disabled: columns.length === 1 && columns.includes(key), onChange: () => toggle(key) }), span(null, title(key)))),
      form({ class: 'row add-column', onSubmit: add }, input({ type: 'text', value: path, placeholder: 'data.node', 'aria-label': t('list.columns.path'), onInput: event => setPath(event.target.value) }), button({ type: 'submit', class: 'small' }, t('file.add'))),
    ),
  );
}

function Pages({ page, total, set }) {
  const last = Math.max(1, Math.ceil(total / PAGE));
  if (last === 1) {
    return null;
  }
  return div(
    { class: 'pages', role: 'navigation', 'aria-label': t('pages') },
    button({ type: 'button', disabled: page <= 1, onClick: () => set(page - 1) }, t('pages.before')),
    span(null, t('pages.of', { page: number(page), last: number(last) })),
    button({ type: 'button', disabled: page >= last, onClick: () => set(page + 1) }, t('pages.next')),
  );
}

const title = key => (key.startsWith('data.') ? key : t(`field.${key}`));

/** A value as text, for a cell and for the file. */
function text(key, task) {
  if (key.startsWith('data.')) {
    const value = key.split('.').slice(1).reduce((inner, part) => inner?.[part], task.data);
    return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  }
  const value = task[key] ?? '';
  switch (key) {
    case 'status_id':
      return statusName(value);
    case 'priority':
      return t(`priority.${value}`);
    case 'task_type_id':
      return typeOf(value)?.name ?? value;
    case 'category_id':
      return categoryOf(value)?.name ?? value;
    default:
      return String(value);
  }
}

/** Whoever edits the address by hand gets no conditions rather than a broken page. */
function conditionsFrom(value) {
  try {
    const conditions = JSON.parse(value ?? '[]');
    return Array.isArray(conditions) ? conditions.filter(one => typeof one?.k === 'string' && typeof one.o === 'string').map(one => ({ ...one, text: String(one.text ?? '') })) : [];
  } catch {
    return [];
  }
}
