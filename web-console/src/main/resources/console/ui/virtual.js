// A long list of which only what is seen is in the document. Rows are equally high.
import { html, useLayoutEffect, useRef, useState } from './dom.js';

const { div } = html;
const BEYOND = 6;

/**
 * @param height of a row in pixels, its gap included
 * @param row (item, index) => element, with its position to set as style
 * @param keep item => whether it stays in the document wherever one has scrolled, as what the keyboard comes to
 */
export function Virtual({ items, height, row, label, reveal, keep, ...more }) {
  const box = useRef();
  const [view, setView] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const measure = () => setView({ top: box.current.scrollTop, height: box.current.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(box.current);
    measure();
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const index = reveal === undefined ? -1 : items.findIndex(reveal);
    if (index >= 0) {
      const element = box.current;
      const top = index * height;
      if (top < element.scrollTop || top + height > element.scrollTop + element.clientHeight) {
        element.scrollTop = Math.max(0, top - element.clientHeight / 2);
      }
    }
  }, [reveal]);
  const first = Math.max(0, Math.floor(view.top / height) - BEYOND);
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / height) + BEYOND);
  const drawn = items.slice(first, last).map((item, offset) => [item, first + offset]);
  const kept = keep ? items.findIndex(keep) : -1;
  if (kept >= 0 && kept < first) {
    drawn.unshift([items[kept], kept]);
  } else if (kept >= last) {
    drawn.push([items[kept], kept]);
  }
  return div(
    { ...more, ref: box, onScroll: event => setView({ top: event.target.scrollTop, height: event.target.clientHeight }) },
    div(
      { class: 'virtual', style: { height: `${items.length * height}px` }, role: items.length ? 'list' : undefined, 'aria-label': items.length ? label : undefined },
      drawn.map(([item, index]) => row(item, index, { transform: `translateY(${index * height}px)` })),
    ),
  );
}
