// A task on the board.
import { h, html, classes } from '../ui/dom.js';
import { Ago } from '../ui/time.js';
import { t } from '../ui/text.js';
import { typeOf } from '../api/catalog.js';

const { a, div, span } = html;

export function Card({ task, href, style, index, count, dragged, mark, tabIndex, begin, onFocus, onKeyDown }) {
  const type = typeOf(task.task_type_id);
  return div(
    { class: 'card-slot', role: 'listitem', style, 'aria-setsize': count, 'aria-posinset': index + 1 },
    a(
      {
        class: classes('card', { dragged, [`mark-${mark?.kind}`]: Boolean(mark), [`priority-${task.priority}`]: true }),
        href,
        'data-task': task.task_id,
        draggable: false,
        tabIndex,
        onFocus,
        onPointerDown: begin,
        onKeyDown,
        'aria-describedby': begin && 'board-keys',
      },
      span({ class: 'card-name' }, task.name),
      mark && span({ class: 'card-mark' }, mark.text),
      span(
        { class: 'card-facts' },
        span({ class: 'priority' }, span({ class: 'priority-sign', 'aria-hidden': 'true' }), t(`priority.${task.priority}`)),
        type && span({ class: 'card-type' }, type.name),
        span({ class: 'card-age' }, h(Ago, { at: task.created_at })),
        h(Assignee, { id: task.assignee }),
      ),
    ),
  );
}

/** A round sign with the first letters; nobody is an empty one. */
export function Assignee({ id }) {
  return id
    ? span({ class: 'assignee', title: id }, span({ class: `avatar small hue-${hue(id)}`, 'aria-hidden': 'true' }, id.slice(0, 2)), span({ class: 'unseen' }, id))
    : span({ class: 'assignee nobody', title: t('nobody') }, span({ class: 'avatar small', 'aria-hidden': 'true' }), span({ class: 'unseen' }, t('nobody')));
}

/** The same person has the same colour everywhere. */
function hue(id) {
  return [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) >>> 0, 7) % 8;
}
