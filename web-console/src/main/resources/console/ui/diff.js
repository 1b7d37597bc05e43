// What changed between two texts, word by word.
import { html } from './dom.js';

const { del, ins, span } = html;

/** Beyond this many words the old is shown whole, then the new: the comparison is quadratic. */
const MOST_WORDS = 800;

export function TextDiff({ from, to }) {
  return span({ class: 'diff' }, parts(from, to).map(({ kind, text }) => (kind === 'same' ? text : kind === 'gone' ? del(null, text) : ins(null, text))));
}

/** Pieces of the two texts in order: same, gone or come. */
export function parts(from, to) {
  const a = words(from);
  const b = words(to);
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) {
    return [{ kind: 'gone', text: from }, { kind: 'come', text: to }].filter(part => part.text);
  }
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const found = [];
  const add = (kind, text) => (found.at(-1)?.kind === kind ? (found.at(-1).text += text) : found.push({ kind, text }));
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add('same', a[i++]);
      j++;
    } else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1])) {
      add('gone', a[i++]);
    } else {
      add('come', b[j++]);
    }
  }
  return found;
}

const words = text => text.match(/\s+|[^\s]+/g) ?? [];
