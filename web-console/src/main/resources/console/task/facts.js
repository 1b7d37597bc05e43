// A task to read only: as it was at some version. What differs from now is marked.
import { h, html } from '../ui/dom.js';
import { Markdown } from '../ui/markdown.js';
import { Moment } from '../ui/time.js';
import { json, t } from '../ui/text.js';
import { fieldsOf, statusName, typeOf } from '../api/catalog.js';
import { same } from './draft.js';

const { dd, div, dl, dt, h3, pre, span } = html;

const SHOWN = ['status_id', 'priority', 'assignee', 'project_id', 'created_by', 'created_at', 'started_at', 'completed_at', 'updated_at'];

export function TaskFacts({ task, now }) {
  const differs = field => now && !same(task[field], now[field]);
  return div(
    { class: 'task-past' },
    h3({ class: differs('name') ? 'was' : '' }, task.name),
    dl(
      { class: 'facts' },
      SHOWN.map(field => [
        dt({ key: `${field}-t` }, t(`field.${field}`)),
        dd({ key: field, class: differs(field) ? 'was' : '' }, h(FieldValue, { field, value: task[field] }), differs(field) && field !== 'updated_at' && span({ class: 'fine' }, ' ', t('past.now'), ' ', h(FieldValue, { field, value: now[field] }))),
      ]),
    ),
    h(Data, { task, changed: differs('data') }),
    task.files.length > 0 && div({ class: differs('files') ? 'was' : '' }, h3(null, t('field.files')), task.files.map(file => div({ key: file.file_id }, file.name || file.file_id))),
    task.description && div({ class: differs('description') ? 'was' : '' }, h3(null, t('field.description')), h(Markdown, { text: task.description })),
  );
}

/** A value of a task's field as people read it. */
export function FieldValue({ field, value }) {
  if (value === '' || value === undefined || value === null) {
    return field === 'assignee' ? t('nobody') : '–';
  }
  if (field.endsWith('_at')) {
    return h(Moment, { at: value });
  }
  switch (field) {
    case 'status_id':
      return statusName(value);
    case 'priority':
      return t(`priority.${value}`);
    case 'task_type_id':
      return typeOf(value)?.name ?? value;
    default:
      return typeof value === 'string' ? value : json(value);
  }
}

function Data({ task, changed }) {
  if (!Object.keys(task.data).length) {
    return null;
  }
  const names = new Map(fieldsOf(typeOf(task.task_type_id)).map(field => [field.field_id, field.name]));
  return div(
    { class: changed ? 'was' : '' },
    h3(null, t('field.data')),
    dl(
      { class: 'facts' },
      Object.entries(task.data).map(([key, value]) => [dt({ key: `${key}-t` }, names.get(key) ?? key), dd({ key }, typeof value === 'string' ? value : pre({ class: 'inline' }, json(value)))]),
    ),
  );
}
