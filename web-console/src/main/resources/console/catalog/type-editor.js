// A type of tasks: who may be asked, and the fields that its tasks have in their data.
import { h, html, useEffect, useMemo, useState } from '../ui/dom.js';
import { Confirm } from '../ui/dialog.js';
import { Failure, tell, tellFailure } from '../ui/notice.js';
import { t } from '../ui/text.js';
import { newKey, write } from '../api/client.js';
import { loadCatalog } from '../api/catalog.js';
import { same } from '../task/draft.js';
import { FieldList } from './field-list.js';

const { button, div, form, h2, input, label, p, strong, textarea } = html;

/** @param report called with whether there is something unsaved */
export function TypeEditor({ type, category, report, done }) {
  const [draft, setDraft] = useState(() => (type ? { name: type.name, description: type.description, assignee_pool: type.assignee_pool, fields: type.fields } : { name: '', description: '', assignee_pool: [], require_project: false, fields: [] }));
  const [pool, setPool] = useState(draft.assignee_pool.join('\n'));
  const key = useMemo(newKey, [draft]);
  const [problem, setProblem] = useState(null);
  const [deleting, setDeleting] = useState(false);
  const set = more => setDraft(before => ({ ...before, ...more }));
  const { fields, ...others } = type ? changesOf(type, draft) : {};
  const dirty = !type || fields || Object.keys(others).length > 0;
  const unsaved = type ? Boolean(dirty) : draft.name !== '';
  useEffect(() => {
    report(unsaved);
    return () => report(false);
  }, [unsaved]);
  const ready = draft.name.trim() && draft.fields.every(field => field.name.trim());

  const save = async event => {
    event.preventDefault();
    setProblem(null);
    try {
      let made;
      if (!type) {
        made = (await write('task-type/create', { ...draft, category_id: category.category_id }, { key })).body.task_type_id;
      } else {
        if (Object.keys(others).length) {
          await write('task-type/update', { task_type_id: type.task_type_id, ...others });
        }
        if (fields) {
          const { body } = await write('task-type/update_fields', { task_type_id: type.task_type_id, fields });
          set({ fields: body.fields });
        }
      }
      await loadCatalog();
      tell(t('saved'));
      if (made) {
        done(made);
      }
    } catch (error) {
      setProblem(error);
    }
  };
  const remove = async () => {
    try {
      await write('task-type/delete', { task_type_id: type.task_type_id });
      tell(t('catalog.deleted', { name: type.name }));
      await loadCatalog();
      done();
    } catch (error) {
      tellFailure(error);
      setDeleting(false);
    }
  };
  const onPool = event => {
    setPool(event.target.value);
    set({ assignee_pool: event.target.value.split('\n').map(line => line.trim()).filter(Boolean) });
  };

  return form(
    { class: 'catalog-editor panel-box', onSubmit: save },
    div({ class: 'row spread' }, h2(null, type ? type.name : t('catalog.new.type.in', { category: category.name })), type && button({ type: 'button', class: 'quiet bad', onClick: () => setDeleting(true) }, t('delete'))),
    div({ class: 'field' }, label({ for: 'type-name', class: 'required' }, t('field.name')), input({ id: 'type-name', type: 'text', maxLength: 255, value: draft.name, onInput: event => set({ name: event.target.value }) })),
    div({ class: 'field' }, label({ for: 'type-description' }, t('field.description')), textarea({ id: 'type-description', rows: 2, value: draft.description, onInput: event => set({ description: event.target.value }) })),
    div({ class: 'field' }, label({ for: 'type-pool' }, t('type.pool')), textarea({ id: 'type-pool', rows: 3, value: pool, spellcheck: false, onInput: onPool })),
    h(FieldList, { fields: draft.fields, inherited: category.fields, change: list => set({ fields: list }) }),
    type && type.fields.length > 0 && draft.fields.length === 0 && p({ class: 'banner warn' }, t('type.last.field')),
    problem && div({ class: 'banner bad' }, h(Failure, { error: problem })),
    div({ class: 'dialog-foot plain' }, !type && button({ type: 'button', onClick: () => done() }, t('cancel')), button({ type: 'submit', class: 'primary', disabled: !ready || !dirty }, t('save'))),
    deleting && h(Confirm, { title: t('catalog.delete.type'), action: t('delete'), close: () => setDeleting(false), confirm: remove }, p(null, strong(null, type.name)), p(null, t('catalog.delete.type.what'))),
  );
}

function changesOf(type, draft) {
  return Object.fromEntries(Object.entries(draft).filter(([key, value]) => !same(value, type[key])).map(([key, value]) => [key, value === '' ? ' ' : value]));
}
