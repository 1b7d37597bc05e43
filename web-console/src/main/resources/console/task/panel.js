// One task: its fields to read and edit, beside it everything that ever happened to it, and how it was at any version.
import { h, html, useEffect, useMemo, useRef, useState } from '../ui/dom.js';
import { Confirm, Dialog } from '../ui/dialog.js';
import { Failure, Loading, tell, tellFailure } from '../ui/notice.js';
import { t } from '../ui/text.js';
import { pause, read, write } from '../api/client.js';
import { onChange } from '../api/events.js';
import { categoryOf, fieldsOf, typeOf } from '../api/catalog.js';
import { changesOf, differing, merged } from './draft.js';
import { TaskFacts } from './facts.js';
import { TaskForm } from './form.js';
import { Leave } from './leave.js';
import { Timeline } from './timeline.js';
import { VersionSlider } from './version-slider.js';

const { button, div, form, h2, p, span, strong } = html;

const TRIES = 5;
const EVENTS = 500;
const ALL_EVENTS = 10_000;

export function TaskPanel({ id, close }) {
  const { base, history, error, reload, loadEarlier } = useTask(id);
  const [draft, setDraft] = useState({});
  // The state in which one began to write, kept also while one looks at the past.
  const began = useRef(null);
  const [past, setPast] = useState(null);
  const [leaving, setLeaving] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const dirty = Object.keys(draft).length > 0;
  const leave = () => (dirty ? setLeaving(true) : close());

  const title = base?.task.name ?? t('task');
  const deleted = history?.results[0]?.event_name === 'task.deleted';
  const shown = past?.task ?? base?.task;
  return h(
    Dialog,
    {
      kind: 'panel',
      title,
      close: leave,
      heading: div(
        { class: 'task-heading' },
        span({ class: 'task-id mono' }, id),
        base && span({ class: 'fine' }, typeOf(base.task.task_type_id)?.name ?? '', ' · ', categoryOf(base.task.category_id)?.name ?? ''),
      ),
      actions: base && !deleted && button({ type: 'button', class: 'quiet bad', onClick: () => setDeleting(true) }, t('delete')),
    },
    error && div({ class: 'dialog-body' }, h(Failure, { error, again: reload })),
    !error && !shown && h(Loading),
    shown &&
      div(
        { class: 'task-body' },
        div(
          { class: 'task-main' },
          deleted && p({ class: 'banner bad' }, t('task.deleted', { who: history.results[0].by })),
          past || deleted
            ? h(TaskFacts, { task: shown, now: base?.task })
            : h(Edit, { base, began, draft, setDraft, reload, id }),
        ),
        div(
          { class: 'task-side' },
          h(VersionSlider, { id, history, past, setPast, deleted }),
          h(Timeline, { history, loadEarlier, shown: past?.wanted, choose: version => setPast({ ...past, wanted: version }) }),
        ),
      ),
    leaving && h(Leave, { fields: Object.keys(draft), stay: () => setLeaving(false), leave: close }),
    deleting && h(Deletion, { task: base.task, version: base.version, close: () => setDeleting(false), done: close }),
  );
}

/** The task and its history, read again whenever something happens to it. */
function useTask(id) {
  const [state, setState] = useState({ base: null, history: null, error: null });
  const own = useRef({ asked: 0, shown: 0, limit: EVENTS });
  const load = useMemo(
    () => async () => {
      const number = ++own.current.asked;
      const set = next => {
        if (number > own.current.shown) {
          own.current.shown = number; // an older answer may come later
          setState(next);
        }
      };
      try {
        const { body: history } = await read('task/history', { task_id: id, page: { limit: own.current.limit } });
        const newest = history.results[0];
        // A task that is deleted shows its last state; no verb but those of the past knows it any more.
        const answer =
          newest.event_name === 'task.deleted'
            ? await read('task/get_at', { task_id: id, version: newest.version - 1 })
            : await read('task/get', { task_id: id });
        set({ base: { task: answer.body, version: answer.version }, history, error: null });
        return answer;
      } catch (error) {
        set(before => ({ ...before, error }));
        return null;
      }
    },
    [id],
  );
  useEffect(() => {
    load();
    return onChange(event => (!event || event.subject === id) && load());
  }, [load]);
  const loadEarlier = () => {
    own.current.limit = ALL_EVENTS;
    return load();
  };
  return { ...state, reload: load, loadEarlier };
}

function Edit({ base, began, draft, setDraft, reload, id }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const [others, setOthers] = useState([]);
  const { task } = base;
  const fields = fieldsOf(typeOf(task.task_type_id));
  const dirty = Object.keys(draft).length > 0;

  // What somebody else did to a field that one is writing in at the moment.
  useEffect(() => {
    if (!dirty) {
      began.current = base;
      setOthers([]);
    } else if (base !== began.current) {
      setOthers(differing(began.current.task, task, draft));
    }
  }, [base, dirty]);

  const change = (field, value) => setDraft(before => merged(task, before, field, value));
  const save = async event => {
    event.preventDefault();
    if (!event.target.reportValidity()) {
      return; // such as further data that is no JSON
    }
    setBusy(true);
    setProblem(null);
    try {
      await saveOnto(base);
      setDraft({});
      tell(t('saved'));
      await reload();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  /** Nobody else's change is written over unseen: where only other fields changed meanwhile, one's own are sent again. */
  const saveOnto = async (seen, attempt = 1) => {
    try {
      await write('task/update', { task_id: id, ...changesOf(seen.task, draft) }, { version: seen.version });
    } catch (error) {
      if (error.status !== 412 || attempt === TRIES) {
        throw error;
      }
      await pause((attempt - 1) * 200); // the read model may not know yet what happened
      const { body: now, version } = await read('task/get', { task_id: id });
      const touched = differing(seen.task, now, draft);
      if (touched.length) {
        await reload();
        throw error;
      }
      await saveOnto({ task: now, version }, attempt + 1);
    }
  };
  const changeStatus = async statusId => {
    try {
      await write('task/change_status', { task_id: id, status_id: statusId }, { version: base.version });
      await reload();
    } catch (error) {
      tellFailure(error);
      await reload();
    }
  };
  return form(
    { class: 'task-form', onSubmit: save, noValidate: true },
    h(TaskForm, { task: { ...task, ...draft }, base: task, fields, category: categoryOf(task.category_id), change, changeStatus, others }),
    others.length > 0 && div({ class: 'banner warn', role: 'status' }, t('task.others', { fields: others.map(fieldName).join(', ') })),
    problem && div({ class: 'banner bad' }, h(Failure, { error: problem })),
    (dirty || busy) &&
      div(
        { class: 'task-save' },
        span({ class: 'fine' }, t('task.unsaved', { fields: Object.keys(draft).map(fieldName).join(', ') })),
        button({ type: 'button', onClick: () => setDraft({}) }, t('task.discard')),
        button({ type: 'submit', class: 'primary', disabled: busy }, t('save')),
      ),
  );
}

function Deletion({ task, version, close, done }) {
  const remove = async () => {
    try {
      await write('task/delete', { task_id: task.task_id }, { version });
      tell(t('task.deletion.done', { name: task.name }));
      done();
    } catch (error) {
      tellFailure(error);
      close();
    }
  };
  return h(Confirm, { title: t('task.deletion'), action: t('task.deletion.yes'), close, confirm: remove }, p(null, t('task.deletion.what')), p(null, strong(null, task.name)), p({ class: 'fine' }, t('task.deletion.stays')));
}

export function fieldName(field) {
  return t(`field.${field}`);
}
