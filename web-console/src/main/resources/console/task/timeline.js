// What happened to a task, the newest first, in sentences with what changed.
import { h, html } from '../ui/dom.js';
import { TextDiff } from '../ui/diff.js';
import { Ago } from '../ui/time.js';
import { has, json, t } from '../ui/text.js';
import { FieldValue } from './facts.js';

const { button, details, div, h2, li, ol, p, span, summary } = html;

/** What its own event says already, or what follows from it. */
const SAID = ['status_type', 'started_at', 'completed_at', 'task_id', 'created_by', 'domain_id', 'workspace_id', 'category_id', 'created_at'];

export function Timeline({ history, loadEarlier, shown, choose }) {
  if (!history) {
    return null;
  }
  return div(
    { class: 'timeline' },
    h2(null, t('timeline')),
    ol(
      { reversed: true },
      history.results.map(event => h(Event, { key: event.version, event, current: event.version === shown, choose })),
    ),
    history.total_count > history.results.length && button({ type: 'button', class: 'small', onClick: loadEarlier }, t('timeline.more', { n: history.total_count - history.results.length })),
  );
}

function Event({ event, current, choose }) {
  const changes = event.changes.filter(change => !SAID.includes(change.field));
  return li(
    { class: `event ${event.event_name.replace('task.', '')} ${current ? 'current' : ''}` },
    span({ class: 'event-dot', 'aria-hidden': 'true' }),
    div(
      { class: 'event-text' },
      p(null, h(Sentence, { event })),
      event.event_name === 'task.created' ? null : changes.map(change => h(Change, { key: change.field, change, name: event.event_name })),
      div(
        { class: 'event-foot fine' },
        h(Ago, { at: event.at }),
        event.event_name !== 'task.deleted' && button({ type: 'button', class: 'small quiet', 'aria-pressed': String(current), onClick: () => choose(event.version) }, t('timeline.version', { n: event.version })),
      ),
    ),
  );
}

function Sentence({ event }) {
  const key = `event.${event.event_name}`;
  return has(key) ? t(key, { who: event.by }) : t('event.other', { who: event.by, event: event.event_name });
}

function Change({ change }) {
  const { field, from, to } = change;
  if (field === 'description') {
    return details({ class: 'event-diff' }, summary(null, t('timeline.diff')), div({ class: 'diff-box' }, h(TextDiff, { from, to })));
  }
  if (field === 'data') {
    return div({ class: 'event-change' }, Object.keys({ ...from, ...to }).filter(key => json(from[key]) !== json(to[key])).map(key => div({ key }, span({ class: 'fine' }, `${key}: `), h(TextDiff, { from: flat(from[key]), to: flat(to[key]) }))));
  }
  if (field === 'files') {
    return div({ class: 'event-change' }, h(TextDiff, { from: ids(from), to: ids(to) }));
  }
  if (field === 'name') {
    return div({ class: 'event-change' }, h(TextDiff, { from, to }));
  }
  return div({ class: 'event-change' }, span({ class: 'from' }, h(FieldValue, { field, value: from })), span({ 'aria-hidden': 'true' }, ' → '), span({ class: 'unseen' }, t('timeline.to')), span({ class: 'to' }, h(FieldValue, { field, value: to })));
}

const flat = value => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));
const ids = files => files.map(file => file.file_id ?? file).join(' ');
