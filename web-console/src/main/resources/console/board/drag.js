// Dragging by pointer: a mouse drags after some pixels, a finger after it has rested, so that a swipe still scrolls.
import { useEffect, useRef, useState } from '../ui/dom.js';

const START_PX = 6;
const REST_MS = 280;
const EDGE_PX = 60;
const EDGE_SPEED = 14;

/**
 * Cards carry data-task, columns data-status.
 * @param drop called with the ids of a task and the status it was let go over
 * @returns {{begin, dragged, over}} begin: a card's onPointerDown; dragged and over: ids while something is dragged
 */
export function useDrag(drop) {
  const [state, setState] = useState({ dragged: null, over: null });
  const latest = useRef();
  latest.current = drop;
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);

  const begin = event => {
    if (event.button !== 0 || !event.isPrimary) {
      return;
    }
    stop.current();
    stop.current = follow(event, event.currentTarget, setState, (task, status) => latest.current(task, status));
  };
  return { begin, ...state };
}

function follow(down, card, setState, drop) {
  const { clientX: startX, clientY: startY, pointerType } = down;
  const task = card.dataset.task;
  const board = card.closest('.columns'); // the card may be drawn anew meanwhile
  const touch = pointerType === 'touch';
  let ghost = null;
  let over = null;
  let scrolling = 0;

  const lift = () => {
    const box = card.getBoundingClientRect();
    ghost = card.cloneNode(true);
    ghost.classList.add('ghost');
    ghost.removeAttribute('href');
    ghost.setAttribute('aria-hidden', 'true');
    Object.assign(ghost.style, { width: `${box.width}px`, height: `${box.height}px`, left: `${box.left}px`, top: `${box.top}px`, transform: '' });
    document.body.append(ghost);
    setState({ dragged: task, over: null });
  };
  const rest = touch ? setTimeout(lift, REST_MS) : null;

  const onMove = event => {
    const dx = event.clientX - startX;
    const dy = event.clientY - startY;
    if (!ghost) {
      if (Math.hypot(dx, dy) < START_PX) {
        return;
      }
      if (touch) {
        end();
        return;
      }
      lift();
    }
    ghost.style.transform = `translate(${dx}px, ${dy}px) rotate(1.5deg)`;
    const column = document.elementsFromPoint(event.clientX, event.clientY).map(element => element.closest('[data-status]')).find(Boolean);
    const found = column?.dataset.status ?? null;
    if (found !== over) {
      over = found;
      setState({ dragged: task, over });
    }
    scrollAtTheEdge(event.clientX);
  };
  const scrollAtTheEdge = x => {
    const box = board.getBoundingClientRect();
    scrolling = x < box.left + EDGE_PX ? -EDGE_SPEED : x > box.right - EDGE_PX ? EDGE_SPEED : 0;
    if (scrolling) {
      board.scrollLeft += scrolling;
    }
  };
  const onUp = () => {
    const lifted = Boolean(ghost);
    const target = over;
    end();
    if (lifted) {
      swallowNextClick();
      if (target) {
        drop(task, target);
      }
    }
  };
  const onKey = event => {
    if (event.key === 'Escape' && ghost) {
      event.stopPropagation();
      end();
      swallowNextClick();
    }
  };
  const keepStill = event => ghost && event.preventDefault();
  const end = () => {
    clearTimeout(rest);
    ghost?.remove();
    ghost = null;
    setState({ dragged: null, over: null });
    document.removeEventListener('pointermove', onMove);
    document.removeEventListener('pointerup', onUp);
    document.removeEventListener('pointercancel', end);
    document.removeEventListener('keydown', onKey, true);
    document.removeEventListener('touchmove', keepStill);
    document.removeEventListener('contextmenu', keepStill);
  };
  document.addEventListener('pointermove', onMove);
  document.addEventListener('pointerup', onUp);
  document.addEventListener('pointercancel', end);
  document.addEventListener('keydown', onKey, true);
  document.addEventListener('touchmove', keepStill, { passive: false });
  document.addEventListener('contextmenu', keepStill); // what a finger that rests asks for elsewhere
  return end;
}

/** Letting go is no click on the card beneath. */
function swallowNextClick() {
  const swallow = event => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener('click', swallow, true), 50);
}
