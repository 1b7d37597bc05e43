// Where one is: #/board?priority=HIGH&task=task-... The fragment never reaches a server, and a view can be shared by it.
import { Store } from '../ui/store.js';

export const route = new Store(read());
addEventListener('hashchange', () => route.set(read()));

/** @returns {{view: string, values: URLSearchParams}} */
function read() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  // What is no view's name, such as a code to sign in with, is no part of an address to go on from.
  return { view: /^[a-z]+$/.test(path) ? path : 'board', values: new URLSearchParams(query) };
}

/** What the address says by now: the route hears of it a moment later. */
export function present() {
  return read().values;
}

/** The address of a view, for links. */
export function address(view, values = {}) {
  const query = new URLSearchParams(values).toString();
  return `#/${view}${query ? `?${query}` : ''}`;
}

/** Changes some values of the present address; null takes one away. A list becomes several. */
export function change(values, { replace = false } = {}) {
  const { view, values: now } = read();
  for (const [name, value] of Object.entries(values)) {
    now.delete(name);
    for (const one of Array.isArray(value) ? value : value === null || value === '' ? [] : [value]) {
      now.append(name, one);
    }
  }
  const next = `#/${view}${now.size ? `?${now}` : ''}`;
  if (replace) {
    history.replaceState(null, '', next);
    route.set(read());
  } else {
    location.hash = next;
  }
}
