// How the page writes elements: div({ class: 'card' }, 'text', span(null, 'more')). Text is always text: nothing here or
// anywhere in the page turns a string into markup.
import { h } from '../lib/preact.js';

export { h, render, Component, Fragment, createContext } from '../lib/preact.js';
export { useContext, useEffect, useLayoutEffect, useMemo, useRef, useState, useCallback } from '../lib/preact-hooks.js';

/** A function for each HTML element: const { div, button } = html. */
export const html = new Proxy({}, { get: (_, name) => (properties, ...children) => h(name, properties, ...children) });

/** Class names for what is true: classes('card', { dragged: isDragged }). */
export function classes(always, conditional = {}) {
  return [always, ...Object.keys(conditional).filter(name => conditional[name])].join(' ');
}

let ids = 0;

/** An id that no other element has, for labels and descriptions. */
export function newId(prefix) {
  return `${prefix}-${++ids}`;
}
