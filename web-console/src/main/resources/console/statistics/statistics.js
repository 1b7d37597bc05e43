// What was done and what is left, drawn from stat and stat_at.
import { h, html, useEffect, useMemo, useState } from '../ui/dom.js';
import { Chart } from '../ui/chart.js';
import { Failure, Loading } from '../ui/notice.js';
import { useStore } from '../ui/store.js';
import { duration } from '../ui/time.js';
import { number, t } from '../ui/text.js';
import { read } from '../api/client.js';
import { catalog, statusesOf, typeOf } from '../api/catalog.js';
import { change, route } from '../shell/route.js';
import { Requests } from '../list/request.js';
import { assigneesRequest, completionsRequest, dayCountsRequest, days, moments, openRequest, quantile } from './requests.js';

const { div, h1, h2, label, option, p, section, select, span, table, tbody, td, th, thead, tr } = html;

const RANGES = [7, 30, 90];
const AT_ONCE = 4;

export function Statistics() {
  const { categories } = useStore(catalog);
  const { values } = useStore(route);
  const range = RANGES.includes(Number(values.get('days'))) ? Number(values.get('days')) : 30;
  const shown = categories.filter(category => category.state !== 'DELETED');
  const category = shown.find(one => one.category_id === values.get('category')) ?? shown[0];
  const scope = { range, category };
  if (!category) {
    return p({ class: 'narrow' }, t('board.no.category'));
  }
  return div(
    { class: 'stat-view' },
    div(
      { class: 'view-head' },
      h1(null, t('view.statistics')),
      div(
        { class: 'toolbar-end' },
        label({ class: 'row' }, span({ class: 'unseen' }, t('category')), select({ value: category.category_id, onChange: event => change({ category: event.target.value }, { replace: true }) }, shown.map(one => option({ value: one.category_id, key: one.category_id }, one.name)))),
        label({ class: 'row' }, span({ class: 'unseen' }, t('stat.range')), select({ value: range, onChange: event => change({ days: event.target.value }, { replace: true }) }, RANGES.map(n => option({ value: n, key: n }, t('stat.days', { n }))))),
      ),
    ),
    div({ class: 'stat-grid', key: `${range} ${category.category_id}` }, h(OpenTasks, scope), h(CreatedAndCompleted, scope), h(TimeToComplete, scope), h(Assignees, scope)),
  );
}

/** Sends requests, few at a time, and knows how far it is. */
function useAnswers(requests) {
  const [state, setState] = useState({ answers: null, done: 0, error: null });
  useEffect(() => {
    let current = true;
    const answers = [];
    let next = 0;
    const worker = async () => {
      while (current && next < requests.length) {
        const index = next++;
        const { verb, body } = requests[index];
        answers[index] = (await read(verb, body)).body.results;
        current && setState(before => ({ ...before, done: before.done + 1 }));
      }
    };
    Promise.all(Array.from({ length: AT_ONCE }, worker)).then(
      () => current && setState(before => ({ ...before, answers })),
      error => current && setState(before => ({ ...before, error })),
    );
    return () => {
      current = false;
    };
  }, [requests]);
  return state;
}

function Panel({ title, hint, requests, children }) {
  const { answers, done, error } = useAnswers(requests);
  return section(
    { class: 'panel-box stat', 'aria-label': title },
    h2(null, title),
    hint && p({ class: 'fine' }, hint),
    error ? h(Failure, { error }) : answers ? children(answers) : h(Loading, { what: requests.length > 1 ? t('stat.progress', { done, n: requests.length }) : undefined }),
    h(Requests, { requests }),
  );
}

function OpenTasks({ range, category }) {
  const times = useMemo(() => moments(range), [range]);
  const requests = useMemo(() => times.map(at => openRequest(at, category.category_id)), [times, category]);
  const statuses = statusesOf(category).filter(status => status.type !== 'COMPLETED');
  return h(Panel, { title: t('stat.open'), hint: t('stat.open.hint'), requests }, answers => {
    const series = statuses.map(status => ({ name: status.name, color: status.color, values: answers.map(rows => rows.find(row => row.status_id === status.status_id)?.count ?? 0) }));
    return h(Chart, { title: t('stat.open'), x: times.map(at => new Date(at).getTime() / 1000), series, stacked: true });
  });
}

function CreatedAndCompleted({ range, category }) {
  const requests = useMemo(() => ['created_at', 'completed_at'].map(field => dayCountsRequest(field, range, category.category_id)), [range, category]);
  return h(Panel, { title: t('stat.flow'), hint: t('stat.flow.hint'), requests }, answers => {
    const x = days(range);
    const values = rows => x.map(day => rows.find(row => row.day === new Date(day * 1000).toISOString().slice(0, 10))?.count ?? 0);
    return h(Chart, {
      title: t('stat.flow'),
      days: true,
      x,
      series: [
        { name: t('stat.created'), values: values(answers[0]), bars: true, align: -1 },
        { name: t('stat.completed'), values: values(answers[1]), bars: true, align: 1 },
      ],
    });
  });
}

function TimeToComplete({ range, category }) {
  const requests = useMemo(() => [completionsRequest(range, category.category_id)], [range, category]);
  return h(Panel, { title: t('stat.time'), hint: t('stat.time.hint'), requests }, ([rows]) => {
    const byType = Map.groupBy(rows, row => row.type);
    const lines = [...byType].map(([type, tasks]) => {
      const seconds = tasks.map(task => (new Date(task.completed) - new Date(task.created)) / 1000).sort((a, b) => a - b);
      return { type, n: seconds.length, median: quantile(seconds, 0.5), most: quantile(seconds, 0.9) };
    });
    const longest = Math.max(1, ...lines.map(line => line.most));
    return lines.length === 0
      ? p({ class: 'fine padded' }, t('stat.nothing'))
      : table(
          null,
          thead(null, tr(null, th({ scope: 'col' }, t('field.task_type_id')), th({ scope: 'col', class: 'number' }, t('stat.tasks')), th({ scope: 'col', class: 'number' }, t('stat.median')), th({ scope: 'col', class: 'number' }, t('stat.ninety')), th({ scope: 'col', class: 'bar-cell' }, span({ class: 'unseen' }, t('stat.compared'))))),
          tbody(
            null,
            lines.map(line =>
              tr(
                { key: line.type },
                td(null, typeOf(line.type)?.name ?? line.type),
                td({ class: 'number' }, number(line.n)),
                td({ class: 'number' }, duration(line.median)),
                td({ class: 'number' }, duration(line.most)),
                td({ class: 'bar-cell' }, div({ class: 'bar', 'aria-hidden': 'true' }, div({ class: 'bar-most', style: { width: `${(line.most / longest) * 100}%` } }), div({ class: 'bar-median', style: { width: `${(line.median / longest) * 100}%` } }))),
              ),
            ),
          ),
        );
  });
}

function Assignees({ category }) {
  const requests = useMemo(() => [assigneesRequest(category.category_id)], [category]);
  return h(Panel, { title: t('stat.people'), hint: t('stat.people.hint'), requests }, ([rows]) => {
    const people = [...Map.groupBy(rows, row => row.assignee ?? '')]
      .map(([assignee, counts]) => {
        const of = type => counts.find(row => row.status_type === type)?.count ?? 0;
        return { assignee, todo: of('TODO'), doing: of('IN_PROGRESS'), done: of('COMPLETED') };
      })
      .sort((a, b) => b.todo + b.doing - (a.todo + a.doing))
      .slice(0, 15);
    const most = Math.max(1, ...people.map(one => one.todo + one.doing));
    return people.length === 0
      ? p({ class: 'fine padded' }, t('stat.nothing'))
      : table(
          null,
          thead(null, tr(null, th({ scope: 'col' }, t('field.assignee')), ['status.TODO', 'status.IN_PROGRESS', 'status.COMPLETED'].map(key => th({ key, scope: 'col', class: 'number' }, t(key))), th({ scope: 'col', class: 'bar-cell' }, span({ class: 'unseen' }, t('stat.compared'))))),
          tbody(
            null,
            people.map(one =>
              tr(
                { key: one.assignee },
                td(null, one.assignee || t('nobody')),
                td({ class: 'number' }, number(one.todo)),
                td({ class: 'number' }, number(one.doing)),
                td({ class: 'number' }, number(one.done)),
                td({ class: 'bar-cell' }, div({ class: 'bar split', 'aria-hidden': 'true' }, div({ class: 'bar-median', style: { width: `${(one.doing / most) * 100}%` } }), div({ class: 'bar-most', style: { width: `${(one.todo / most) * 100}%` } }))),
              ),
            ),
          ),
        );
  });
}
