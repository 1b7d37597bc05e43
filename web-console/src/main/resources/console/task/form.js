// The fields of a task to edit, for a new task and for one that is there.
import { h, html, newId, useState } from '../ui/dom.js';
import { Markdown } from '../ui/markdown.js';
import { Moment } from '../ui/time.js';
import { t } from '../ui/text.js';
import { distinct, PRIORITIES, statusesOf, typeOf } from '../api/catalog.js';
import { DataForm } from './data-form.js';

const { a, button, datalist, dd, div, dl, dt, input, label, li, option, select, span, textarea, ul } = html;

/**
 * @param task with what was typed
 * @param base as it is; null for a new one
 * @param change called with a field and its new value
 * @param others fields that somebody else changed meanwhile
 */
export function TaskForm({ task, base, fields, category, change, changeStatus, others = [] }) {
  const statuses = statusesOf(category);
  const pool = typeOf(task.task_type_id)?.assignee_pool ?? [];
  return div(
    { class: 'task-fields' },
    h(Field, { name: 'name', required: true, others, wide: true }, id =>
      input({ id, type: 'text', class: 'task-name', maxLength: 255, value: task.name, required: true, onInput: event => change('name', event.target.value) }),
    ),
    h(Field, { name: 'status_id', others }, id =>
      select(
        { id, value: task.status_id, onChange: event => changeStatus(event.target.value) },
        !statuses.some(status => status.status_id === task.status_id) && option({ value: task.status_id }, task.status_id),
        statuses.map(status => option({ value: status.status_id, key: status.status_id }, status.name)),
      ),
    ),
    h(Field, { name: 'priority', others }, id =>
      select(
        { id, value: task.priority, onChange: event => change('priority', event.target.value) },
        PRIORITIES.map(priority => option({ value: priority, key: priority }, t(`priority.${priority}`))),
      ),
    ),
    h(Field, { name: 'assignee', others }, id => h(Suggested, { id, name: 'assignee', value: task.assignee, known: pool, category, placeholder: t('nobody'), change })),
    h(Field, { name: 'project_id', required: true, others }, id => h(Suggested, { id, name: 'project_id', value: task.project_id, category, placeholder: 'project-…', change })),
    h(Description, { value: task.description, change: value => change('description', value), writing: !base || !base.description, changed: others.includes('description') }),
    h(DataForm, { data: task.data, fields, change: value => change('data', value) }),
    h(Files, { files: task.files, base, change: value => change('files', value) }),
    base && h(Readonly, { task: base }),
  );
}

/** A label and what it belongs to. */
export function Field({ name, required, others = [], wide, children }) {
  const [id] = useState(() => newId('field'));
  return div(
    { class: `field ${wide ? 'wide' : ''} ${others.includes(name) ? 'touched' : ''}` },
    label({ for: id, class: required ? 'required' : '' }, t(`field.${name}`)),
    (Array.isArray(children) ? children[0] : children)(id),
  );
}

/** Any text; what other tasks of the category have is offered, once somebody is about to write. */
function Suggested({ id, name, value, known = [], category, placeholder, change }) {
  const [seen, setSeen] = useState(null);
  const look = () => {
    if (!seen && category) {
      distinct(category.category_id, name).then(setSeen, () => setSeen([])); // without offers one writes by oneself
    }
  };
  return [
    input({ id, type: 'text', maxLength: 255, value, list: `${id}-known`, placeholder, autocomplete: 'off', onFocus: look, onInput: event => change(name, event.target.value) }),
    datalist({ id: `${id}-known` }, [...new Set([...known, ...(seen ?? [])])].map(one => option({ value: one, key: one }))),
  ];
}

function Description({ value, change, writing, changed }) {
  const [write, setWrite] = useState(writing);
  const [id] = useState(() => newId('description'));
  return div(
    { class: `field wide ${changed ? 'touched' : ''}` },
    div(
      { class: 'row spread' },
      label({ for: id, id: `${id}-label`, class: 'label' }, t('field.description')),
      button({ type: 'button', class: 'small', 'aria-pressed': String(write), onClick: () => setWrite(!write) }, write ? t('description.read') : t('description.write')),
    ),
    write
      ? textarea({ id, rows: 8, value, maxLength: 100_000, placeholder: t('description.hint'), onInput: event => change(event.target.value) })
      : div({ id, class: 'description-read', role: 'group', 'aria-labelledby': `${id}-label` }, value ? h(Markdown, { text: value }) : span({ class: 'fine' }, t('description.none'))),
  );
}

function Files({ files, base, change }) {
  const ids = files.map(file => file.file_id ?? file);
  const links = new Map((base?.files ?? []).map(file => [file.file_id, file]));
  const [text, setText] = useState('');
  const [id] = useState(() => newId('file'));
  const add = () => {
    if (text.trim()) {
      change([...ids, text.trim()]);
      setText('');
    }
  };
  return div(
    { class: 'field wide' },
    label({ for: id }, t('field.files')),
    ids.length > 0 &&
      ul(
        { class: 'files' },
        ids.map(file =>
          li(
            { key: file, class: 'row' },
            links.has(file) ? a({ href: safeLink(links.get(file).download_url), download: '' }, links.get(file).name || file) : span(null, file),
            // The API takes an empty list for "not given": the last file cannot be taken away.
            (ids.length > 1 || !base?.files.length) && button({ type: 'button', class: 'icon', 'aria-label': t('file.remove', { file }), onClick: () => change(ids.filter(other => other !== file)) }, '✕'),
          ),
        ),
      ),
    div(
      { class: 'row' },
      input({
        id,
        type: 'text',
        value: text,
        placeholder: t('file.hint'),
        autocomplete: 'off',
        onInput: event => setText(event.target.value),
        onKeyDown: event => {
          if (event.key === 'Enter') {
            event.preventDefault();
            add();
          }
        },
      }),
      button({ type: 'button', disabled: !text.trim(), onClick: add }, t('file.add')),
    ),
  );
}

/** Only what stays at this server or leads to the web; a file's id may hold anything. */
function safeLink(url) {
  return /^(\/(?!\/)|https?:)/i.test(url) ? url : undefined;
}

function Readonly({ task }) {
  return dl(
    { class: 'facts wide' },
    ['created_at', 'started_at', 'completed_at', 'updated_at'].filter(name => task[name]).map(name => [dt({ key: `${name}-t` }, t(`field.${name}`)), dd({ key: name }, h(Moment, { at: task[name] }))]),
    ['created_by', 'workspace_id', 'domain_id'].map(name => [dt({ key: `${name}-t` }, t(`field.${name}`)), dd({ key: name }, task[name])]),
  );
}

