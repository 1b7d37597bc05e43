// A category: its name, and its statuses in three lists, in the order in which they stand on the board.
import { h, html, useEffect, useMemo, useRef, useState } from '../ui/dom.js';
import { Confirm } from '../ui/dialog.js';
import { Failure, tell, tellFailure } from '../ui/notice.js';
import { t } from '../ui/text.js';
import { ApiError, newKey, read, write } from '../api/client.js';
import { categoryOf, loadCatalog, STATUS_TYPES, statusesOf } from '../api/catalog.js';
import { same } from '../task/draft.js';
import { StatusList } from './status-list.js';

const { button, div, form, h2, input, label, li, p, section, strong, textarea, ul } = html;

const COLOURS = { TODO: '#6b7280', IN_PROGRESS: '#2563eb', COMPLETED: '#16a34a' };

/** @param report called with whether there is something unsaved */
export function CategoryEditor({ category, report, done }) {
  // The category as one began to change it: what others did to it since is not written over.
  const began = useRef(category);
  const [draft, setDraft] = useState(() => (category ? editable(category) : empty()));
  const key = useMemo(newKey, [draft]);
  const [problem, setProblem] = useState(null);
  const [moves, setMoves] = useState(null);
  const [deleting, setDeleting] = useState(false);
  const set = more => setDraft(before => ({ ...before, ...more }));
  const changed = changesOf(began.current, draft);
  const dirty = Object.keys(changed).length > 0;
  const begin = from => {
    began.current = from;
    setDraft(editable(from));
    setProblem(null);
  };
  useEffect(() => {
    if (category !== began.current && !dirty) {
      begin(category);
    }
  }, [category]);
  const unsaved = category ? dirty : draft.name !== '';
  useEffect(() => {
    report(unsaved);
    return () => report(false);
  }, [unsaved]);
  const ready = draft.name.trim() && STATUS_TYPES.every(type => draft.status_options[type].length && draft.status_options[type].every(status => status.name.trim()));

  const send = async force => {
    setProblem(null);
    try {
      const { body } = category
        ? await write('task-category/update', { category_id: category.category_id, ...changed, ...(force ? { force: true } : {}) })
        : await write('task-category/create', draft, { key });
      setMoves(null);
      await loadCatalog();
      tell(t('saved'));
      if (category) {
        begin(categoryOf(body.category_id) ?? body);
      } else {
        done(body.category_id);
      }
    } catch (error) {
      setMoves(null);
      setProblem(error);
      loadCatalog();
    }
  };
  /** Statuses that tasks are in can go only by force: first it is said which tasks that would move, and where to. */
  const save = async event => {
    event.preventDefault();
    const gone = category ? removed(began.current, draft) : [];
    try {
      if (category && (await overtaken())) {
        throw new ApiError(412, 'OVERTAKEN', '', '');
      }
      const found = gone.length ? (await countsOf(gone)).filter(status => status.count > 0) : [];
      if (found.length) {
        setMoves(found.map(status => ({ ...status, to: draft.status_options[status.type].find(one => one.is_default)?.name ?? '' })));
      } else {
        await send(false);
      }
    } catch (error) {
      setProblem(error);
      loadCatalog();
    }
  };
  /** The API knows no version of a category: another admin's change in this moment would still be lost. */
  const overtaken = async () => {
    const { body: now } = await read('task-category/get', { category_id: category.category_id });
    return Object.keys(changed).some(field => !same(now[field], began.current[field]));
  };
  const remove = async () => {
    try {
      await write('task-category/delete', { category_id: category.category_id });
      tell(t('catalog.deleted', { name: category.name }));
      await loadCatalog();
      done();
    } catch (error) {
      tellFailure(error);
      setDeleting(false);
    }
  };

  return form(
    { class: 'catalog-editor panel-box', onSubmit: save },
    div({ class: 'row spread' }, h2(null, category ? category.name : t('catalog.new.category')), category && button({ type: 'button', class: 'quiet bad', onClick: () => setDeleting(true) }, t('delete'))),
    div({ class: 'field' }, label({ for: 'category-name', class: 'required' }, t('field.name')), input({ id: 'category-name', type: 'text', maxLength: 255, value: draft.name, onInput: event => set({ name: event.target.value }) })),
    div({ class: 'field' }, label({ for: 'category-description' }, t('field.description')), textarea({ id: 'category-description', rows: 2, value: draft.description, onInput: event => set({ description: event.target.value }) })),
    div(
      { class: 'status-lists' },
      STATUS_TYPES.map(type =>
        section(
          { key: type, 'aria-label': t(`status.${type}`) },
          h(StatusList, { type, statuses: draft.status_options[type], color: COLOURS[type], change: list => set({ status_options: { ...draft.status_options, [type]: list } }) }),
        ),
      ),
    ),
    problem && div({ class: 'banner bad' }, h(Failure, { error: problem })),
    div({ class: 'dialog-foot plain' }, !category && button({ type: 'button', onClick: () => done() }, t('cancel')), category && dirty && button({ type: 'button', onClick: () => begin(category) }, t('task.discard')), button({ type: 'submit', class: 'primary', disabled: !ready || !dirty }, t('save'))),
    moves &&
      h(
        Confirm,
        { title: t('catalog.force'), action: t('catalog.force.yes'), close: () => setMoves(null), confirm: () => send(true) },
        p(null, t('catalog.force.what')),
        ul({ class: 'moves' }, moves.map(move => li({ key: move.status_id }, t('catalog.force.move', { n: move.count, from: move.name, to: move.to })))),
        p({ class: 'fine' }, t('catalog.force.then')),
      ),
    deleting && h(Confirm, { title: t('catalog.delete.category'), action: t('delete'), close: () => setDeleting(false), confirm: remove }, p(null, strong(null, category.name)), p(null, t('catalog.delete.category.what'))),
  );
}

function editable({ name, description, status_options }) {
  return { name, description, status_options };
}

function empty() {
  const status = (type, name) => [{ name, color: COLOURS[type], is_default: true }];
  return { name: '', description: '', status_options: { TODO: status('TODO', t('status.TODO')), IN_PROGRESS: status('IN_PROGRESS', t('status.IN_PROGRESS')), COMPLETED: status('COMPLETED', t('status.COMPLETED')) } };
}

/** Only what is different is sent. */
function changesOf(category, draft) {
  return category ? Object.fromEntries(Object.entries(draft).filter(([key, value]) => !same(value, category[key])).map(([key, value]) => [key, value === '' ? ' ' : value])) : draft;
}

function removed(category, draft) {
  const left = new Set(STATUS_TYPES.flatMap(type => draft.status_options[type].map(status => status.status_id)));
  return statusesOf(category).filter(status => !left.has(status.status_id));
}

async function countsOf(statuses) {
  const ids = statuses.map(status => status.status_id);
  const { body } = await read('task/stat', {
    query: { filter: [{ k: 'status_id', v: ids, o: 'in' }], aggregate: [{ group: { keys: [{ k: 'status_id', n: 'status_id' }], fields: [{ n: 'count', o: 'count' }] } }] },
  });
  return statuses.map(status => ({ ...status, count: body.results.find(row => row.status_id === status.status_id)?.count ?? 0 }));
}
