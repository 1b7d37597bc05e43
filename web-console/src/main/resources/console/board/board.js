// The board: a column for each status, cards that move by drag or key, true within a moment of every change.
import { h, html, useEffect, useMemo, useRef, useState } from '../ui/dom.js';
import { useStore } from '../ui/store.js';
import { number, t } from '../ui/text.js';
import { momentOf } from '../ui/time.js';
import { Empty, Failure, Loading, say, tellFailure } from '../ui/notice.js';
import { Virtual } from '../ui/virtual.js';
import { isAdmin, mayCreateTasks, session } from '../api/session.js';
import { catalog, statusesOf, statusName } from '../api/catalog.js';
import { address, change, present, route } from '../shell/route.js';
import { NewTask } from '../task/create.js';
import { MOST, TaskSet } from './task-set.js';
import { Card } from './card.js';
import { columnsOf, keyTarget } from './columns.js';
import { conditionsOf, Filters } from './filters.js';
import { useDrag } from './drag.js';
import { LostRace } from './lost-race.js';
import { move } from './move.js';
import { TimeTravel, useComparison } from './time-travel.js';

const { a, button, div, h1, h2, label, option, p, section, select, span } = html;

const CARD_HEIGHT = 92;
const CATEGORY = 'opsflow.category';

export function Board() {
  const { categories } = useStore(catalog);
  const { values } = useStore(route);
  const { person } = useStore(session);
  const active = categories.filter(category => category.state !== 'DELETED');
  const id = values.get('category') ?? sessionStorage.getItem(CATEGORY);
  const category = categories.find(one => one.category_id === id) ?? active[0];
  // Whoever gets this address sees the same board.
  useEffect(() => {
    const isPresent = present().get('category') === values.get('category'); // and nobody has gone elsewhere meanwhile
    if (category && isPresent && values.get('category') !== category.category_id) {
      change({ category: category.category_id }, { replace: true });
    }
  }, [category, values]);
  if (!category) {
    return h(Empty, { title: t('board.no.category') }, isAdmin(person) ? a({ href: address('catalog') }, t('board.to.catalog')) : p(null, t('board.ask.admin')));
  }
  return h(CategoryBoard, { category, choices: active.includes(category) ? active : [category, ...active], person });
}

function CategoryBoard({ category, choices, person }) {
  const { values } = useStore(route);
  const [creating, setCreating] = useState(false);
  // Whoever edits the address by hand is in the present rather than nowhere.
  const at = momentOf(values.get('at'));
  const since = momentOf(values.get('since'));
  const travelling = at !== null;
  const keyword = values.get('q') ?? '';
  const filters = JSON.stringify(conditionsOf(values));
  const tasks = useTasks(category.category_id, filters, keyword, at);
  const comparison = useComparison(tasks, { category, filters, keyword, at, since });
  return div(
    { class: 'board-view' },
    div(
      { class: 'toolbar' },
      h1({ class: 'unseen' }, t('view.board')),
      label(
        { class: 'category-choice' },
        span({ class: 'unseen' }, t('category')),
        select(
          {
            value: category.category_id,
            onChange: event => {
              sessionStorage.setItem(CATEGORY, event.target.value);
              change({ category: event.target.value });
            },
          },
          choices.map(one => option({ value: one.category_id, key: one.category_id }, one.name)),
        ),
      ),
      h(Filters, { category: category.category_id, key: category.category_id }),
      div(
        { class: 'toolbar-end' },
        button({ type: 'button', class: travelling ? 'on' : '', 'aria-pressed': String(travelling), onClick: () => change(travelling ? { at: null, since: null } : { at: new Date().toISOString() }) }, t('board.past')),
        mayCreateTasks(person) && button({ type: 'button', class: 'primary', onClick: () => setCreating(true) }, t('task.new')),
      ),
    ),
    travelling && h(TimeTravel, { category, at, since }),
    h(Columns, { category, tasks, filtered: filters !== '[]' || keyword !== '', past: travelling, comparison, create: mayCreateTasks(person) ? () => setCreating(true) : null, key: `${category.category_id} ${at}` }),
    creating && h(NewTask, { category, close: () => setCreating(false) }),
  );
}

function useTasks(categoryId, filters, keyword, at) {
  const set = useMemo(
    () => new TaskSet({ conditions: [{ k: 'category_id', v: categoryId, o: 'eq' }, ...JSON.parse(filters)], keyword, at }),
    [categoryId, filters, keyword, at],
  );
  useEffect(() => {
    set.open();
    return () => set.close();
  }, [set]);
  return set;
}

function Columns({ category, tasks, filtered, past, comparison, create }) {
  const state = useStore(tasks.state);
  const { values } = useStore(route);
  const [lost, setLost] = useState(null);
  const [focused, setFocused] = useState(null);
  const [entry, setEntry] = useState(null);
  const moves = useRef(new Map());
  const statuses = statusesOf(category);
  const columns = useMemo(() => columnsOf(statuses, tasks, state), [category, state]);

  // A card that moves again before the service has answered goes on from where it came, and no further than that.
  const moveTo = (taskId, statusId) => {
    const seen = tasks.state.value.tasks.get(taskId);
    if (!seen || tasks.shown(seen).status_id === statusId) {
      return;
    }
    const assumption = tasks.assume(taskId, { status_id: statusId });
    say(t('board.moved', { name: seen.name, status: statusName(statusId) }));
    const last = (moves.current.get(taskId) ?? Promise.resolve(seen)).then(from => from && made(from, statusId, assumption));
    moves.current.set(taskId, last);
    last.then(task => {
      tasks.settle(assumption, task);
      if (moves.current.get(taskId) === last) {
        moves.current.delete(taskId);
      }
    });
  };
  /** The task as it became, or nothing where that is not as it was wanted. */
  const made = async (seen, statusId, assumption) => {
    try {
      const { task, lost: race } = await move(seen, statusId);
      if (race) {
        tasks.settle(assumption, race.now);
        setLost({ ...race, seen, statusId });
      }
      return task;
    } catch (error) {
      tellFailure(error);
      return null;
    }
  };
  const drag = useDrag(moveTo);

  // Once, and as soon as the card is drawn: a long column scrolls there first.
  useEffect(() => (focused ? focusSoon(focused.id) : undefined), [focused]);
  const reveal = useMemo(() => (focused ? task => task.task_id === focused.id : undefined), [focused]);

  const onKeyDown = (event, column, index) => {
    const target = keyTarget(event, columns, column, index);
    if (!target) {
      return;
    }
    event.preventDefault();
    if (target.status && !past) {
      const { task_id: id } = columns[column].tasks[index];
      moveTo(id, target.status);
      setFocused({ id });
    } else if (target.task) {
      setFocused({ id: target.task });
    }
  };

  if (state.error) {
    return h(Failure, { error: state.error, again: () => tasks.load() });
  }
  if (!state.tasks.size && !state.done) {
    return h(Loading);
  }
  if (!state.tasks.size && !comparison) {
    return filtered || past
      ? h(Empty, { title: past ? t('board.empty.then') : t('board.empty.filtered') }, filtered && p(null, t('board.empty.filtered.hint')))
      : h(Empty, { title: t('board.empty') }, p(null, t('board.empty.hint')), create && button({ type: 'button', class: 'primary', onClick: create }, t('task.new')));
  }
  return div(
    { class: 'board-body' },
    p({ id: 'board-keys', class: 'unseen' }, t('board.keys')),
    state.tasks.size < state.total && p({ class: 'banner', role: 'status' }, state.done ? t('board.cut', { n: MOST, total: state.total }) : t('board.loading', { n: state.tasks.size, total: state.total })),
    div(
      { class: 'columns' },
      columns.map(({ status, tasks: cards }, column) => {
        // The Tab key comes to one card of a column, the arrows to the others.
        const stop = cards.some(card => card.task_id === entry) ? entry : cards[0]?.task_id;
        return section(
          { class: `column type-${status.type} ${drag.over === status.status_id ? 'over' : ''}`, key: status.status_id, 'data-status': status.status_id, 'aria-labelledby': `column-${status.status_id}` },
          div(
            { class: 'column-head' },
            span({ class: 'status-dot', style: { backgroundColor: status.color || undefined }, 'aria-hidden': 'true' }),
            h2({ id: `column-${status.status_id}` }, status.name),
            span({ class: 'count', 'aria-label': t('tasks.count', { n: cards.length }) }, number(cards.length)),
          ),
          h(Virtual, {
            class: 'column-body',
            items: cards,
            height: CARD_HEIGHT,
            label: status.name,
            reveal,
            keep: task => task.task_id === stop,
            row: (task, index, style) =>
              h(Card, {
                key: task.task_id,
                task,
                style,
                index,
                count: cards.length,
                href: address('board', withTask(values, task.task_id)),
                dragged: drag.dragged === task.task_id,
                mark: comparison?.marks.get(task.task_id),
                tabIndex: task.task_id === stop ? 0 : -1,
                onFocus: () => setEntry(task.task_id),
                begin: past ? undefined : drag.begin,
                onKeyDown: event => onKeyDown(event, column, index),
              }),
          }),
        );
      }),
    ),
    comparison?.summary,
    lost && h(LostRace, { lost, close: () => setLost(null), insist: () => moveTo(lost.seen.task_id, lost.statusId) }),
  );
}

function focusSoon(taskId) {
  let frames = 30;
  let next;
  const look = () => {
    const card = document.querySelector(`.columns [data-task="${taskId}"]`);
    card?.focus();
    if (document.activeElement !== card && frames-- > 0) {
      next = requestAnimationFrame(look);
    }
  };
  look();
  return () => cancelAnimationFrame(next);
}

function withTask(values, id) {
  const all = new URLSearchParams(values);
  all.set('task', id);
  return all;
}
