// The board as it was, and what changed between two moments: the same columns, filled by list_at.
import { h, html, useEffect, useMemo, useState } from '../ui/dom.js';
import { useStore } from '../ui/store.js';
import { local, Moment, utc } from '../ui/time.js';
import { t } from '../ui/text.js';
import { read } from '../api/client.js';
import { statusName } from '../api/catalog.js';
import { change } from '../shell/route.js';
import { TaskSet } from './task-set.js';

const { button, div, input, label, span } = html;

const STEPS = 1_000;
const SETTLE_MS = 200;

/** Two sliders over the life of a category: the moment that is shown, and an earlier one to compare it with. */
export function TimeTravel({ category, at, since }) {
  const [first, setFirst] = useState(null);
  const [now] = useState(() => Date.now());
  useEffect(() => {
    read('task/list_at', { at: new Date(now).toISOString(), query: { filter: [{ k: 'category_id', v: category.category_id, o: 'eq' }], sort: [{ key: 'created_at' }], only: ['created_at'], page: { limit: 1 } } }).then(
      ({ body }) => setFirst(new Date(body.results[0]?.created_at ?? category.created_at).getTime() - 1),
      () => setFirst(new Date(category.created_at).getTime()),
    );
  }, [category.category_id]);
  if (first === null) {
    return null;
  }
  return div(
    { class: 'travel', role: 'group', 'aria-label': t('travel') },
    h(Slider, { id: 'travel-at', title: t('travel.at'), from: first, to: now, value: at, set: value => change({ at: value }, { replace: true }) }),
    since
      ? h(Slider, { id: 'travel-since', title: t('travel.since'), from: first, to: now, value: since, set: value => change({ since: value }, { replace: true }) })
      : null,
    div(
      { class: 'row' },
      since
        ? button({ type: 'button', class: 'small', onClick: () => change({ since: null }, { replace: true }) }, t('travel.alone'))
        : button({ type: 'button', class: 'small', onClick: () => change({ since: new Date(Math.max(first, new Date(at).getTime() - 86_400_000)).toISOString() }, { replace: true }) }, t('travel.compare')),
      button({ type: 'button', class: 'small primary', onClick: () => change({ at: null, since: null }) }, t('version.now')),
      span({ class: 'fine' }, t('travel.hint')),
    ),
  );
}

function Slider({ id, title, from, to, value, set }) {
  const [moment, setMoment] = useState(() => new Date(value).getTime());
  useEffect(() => {
    const wanted = new Date(moment).toISOString();
    if (wanted === value) {
      return undefined;
    }
    const timer = setTimeout(() => set(wanted), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [moment]);
  const step = Math.max(1, (to - from) / STEPS);
  return div(
    { class: 'travel-row' },
    label({ class: 'what', for: id }, title),
    input({ id, type: 'range', min: 0, max: STEPS, step: 1, value: Math.round((moment - from) / step), 'aria-valuetext': local(moment), onInput: event => setMoment(Math.round(from + Number(event.target.value) * step)) }),
    h(Moment, { at: new Date(moment).toISOString() }),
    span({ class: 'fine' }, utc(moment)),
  );
}

/** Marks of the cards by task, and a line that sums up; null while nothing is compared. */
export function useComparison(tasks, { category, filters, keyword, at, since }) {
  const before = useMemo(
    () => (at && since ? new TaskSet({ conditions: [{ k: 'category_id', v: category.category_id, o: 'eq' }, ...JSON.parse(filters)], keyword, at: since }) : null),
    [category.category_id, filters, keyword, at, since],
  );
  useEffect(() => {
    before?.open();
    return () => before?.close();
  }, [before]);
  const then = useStore(before ? before.state : tasks.state);
  const now = useStore(tasks.state);
  return useMemo(() => (before && then.done && now.done ? compared(then.tasks, now.tasks) : null), [before, then, now]);
}

function compared(then, now) {
  const marks = new Map();
  for (const task of now.values()) {
    const was = then.get(task.task_id);
    if (!was) {
      marks.set(task.task_id, { kind: 'come', text: t('travel.come') });
    } else if (was.status_id !== task.status_id) {
      marks.set(task.task_id, { kind: 'moved', text: t('travel.moved', { status: statusName(was.status_id) }) });
    } else if (was.updated_at !== task.updated_at) {
      marks.set(task.task_id, { kind: 'changed', text: t('travel.changed') });
    }
  }
  const gone = [...then.values()].filter(task => !now.has(task.task_id));
  const count = kind => [...marks.values()].filter(mark => mark.kind === kind).length;
  const summary = div(
    { class: 'comparison', role: 'status' },
    span({ class: 'tag good' }, t('travel.sum.come', { n: count('come') })),
    span({ class: 'tag' }, t('travel.sum.moved', { n: count('moved') })),
    span({ class: 'tag warn' }, t('travel.sum.changed', { n: count('changed') })),
    span({ class: 'tag bad' }, t('travel.sum.gone', { n: gone.length })),
    gone.length > 0 && span(null, gone.slice(0, 8).map(task => task.name).join(' · ')),
  );
  return { marks, summary };
}
