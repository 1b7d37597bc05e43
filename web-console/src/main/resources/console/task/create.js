// A new task. Its type says which fields its data has.
import { h, html, useMemo, useState } from '../ui/dom.js';
import { Dialog } from '../ui/dialog.js';
import { Failure, tell } from '../ui/notice.js';
import { t } from '../ui/text.js';
import { newKey, write } from '../api/client.js';
import { catalog, fieldsOf, statusesOf, typeOf } from '../api/catalog.js';
import { change, route } from '../shell/route.js';
import { same } from './draft.js';
import { Field, TaskForm } from './form.js';
import { Leave } from './leave.js';

const { button, div, form, option, p, select } = html;
const LAST_PROJECT = 'opsflow.project';

export function NewTask({ category, close }) {
  const types = catalog.value.types.filter(type => type.category_id === category.category_id);
  const [blank] = useState(() => empty(category, types[0]));
  const [task, setTask] = useState(blank);
  const [leaving, setLeaving] = useState(false);
  // After a failure the same task is not created twice, and one that was changed is another.
  const key = useMemo(newKey, [task]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const fields = fieldsOf(typeOf(task.task_type_id));
  const set = (field, value) => setTask(before => ({ ...before, [field]: value }));
  const ready = task.name.trim() && task.project_id.trim() && fields.every(field => !field.is_required || task.data[field.field_id] !== undefined);
  const written = Object.keys(blank).filter(field => !same(task[field], blank[field]));
  const leave = () => (written.length ? setLeaving(true) : close());
  const submit = async event => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const { body } = await write('task/create', task, { key });
      sessionStorage.setItem(LAST_PROJECT, task.project_id);
      tell(t('create.done', { name: body.name }));
      close();
      if (event.submitter?.value === 'open') {
        change({ task: body.task_id });
      }
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  if (!types.length) {
    return h(Dialog, { title: t('task.new'), close }, div({ class: 'dialog-body' }, p(null, t('create.no.type'))));
  }
  return h(
    Dialog,
    { title: t('task.new'), close: leave, kind: 'box wide' },
    form(
      { onSubmit: submit },
      div(
        { class: 'dialog-body' },
        types.length > 1 &&
          h(Field, { name: 'task_type_id' }, id =>
            select({ id, value: task.task_type_id, onChange: event => set('task_type_id', event.target.value) }, types.map(type => option({ value: type.task_type_id, key: type.task_type_id }, type.name))),
          ),
        h(TaskForm, { task, base: null, fields, category, change: set, changeStatus: value => set('status_id', value) }),
        problem && div({ class: 'banner bad' }, h(Failure, { error: problem })),
      ),
      div(
        { class: 'dialog-foot' },
        button({ type: 'button', onClick: leave }, t('cancel')),
        button({ type: 'submit', value: 'open', disabled: busy || !ready }, t('create.open')),
        button({ type: 'submit', class: 'primary', disabled: busy || !ready }, t('create')),
      ),
    ),
    leaving && h(Leave, { fields: written, stay: () => setLeaving(false), leave: close }),
  );
}

function empty(category, type) {
  const statuses = statusesOf(category);
  return {
    name: '',
    status_id: (statuses.find(status => status.is_default) ?? statuses[0]).status_id,
    project_id: route.value.values.get('project') ?? sessionStorage.getItem(LAST_PROJECT) ?? '',
    task_type_id: type?.task_type_id ?? '',
    priority: 'MEDIUM',
    description: '',
    assignee: '',
    files: [],
    data: {},
  };
}
