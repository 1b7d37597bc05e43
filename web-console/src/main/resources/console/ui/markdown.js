// Markdown as elements. The parser gives tokens, and each becomes an element of the page or plain text: HTML in it is
// shown as it was typed, links lead only to the web or a mailbox, and pictures are links, as the page loads nothing from
// elsewhere.
import { Lexer } from '../lib/marked.js';
import { h, html } from './dom.js';

const { a, blockquote, br, code, del, div, em, hr, input, li, p, pre, strong, table, tbody, td, th, thead, tr } = html;

/** The page's own headings above a text. */
const PAGE_LEVEL = 2;

/** In one paragraph. What many of them take to read grows with their cube: a few kilobytes took seconds. */
const MOST_MARKS = 100;
const MARKS = /[*_~`[<!]/g;

/** Of quotes and lists within each other; what is deeper is shown as it was typed. */
const DEEPEST = 20;
const SAFE = /^(https?:|mailto:)/i;

export function Markdown({ text }) {
  headings = [];
  depth = 0;
  return div({ class: 'markdown' }, blocks(tokensOf(text)));
}

function tokensOf(text) {
  try {
    return new PatientLexer({ gfm: true }).lex(text);
  } catch (e) {
    if (e instanceof RangeError) {
      return [{ type: 'text', text }]; // too deep to be read
    }
    throw e;
  }
}

/** Leaves a paragraph of too many marks as it was typed. */
class PatientLexer extends Lexer {
  inlineTokens(text, tokens = []) {
    if ((text.match(MARKS) ?? []).length <= MOST_MARKS) {
      return super.inlineTokens(text, tokens);
    }
    tokens.push({ type: 'text', raw: text, text });
    return tokens;
  }
}

/** The depths of the headings that the present place is under: however a text skips some, the page does not. */
let headings = [];

/** How many quotes and lists the present place is in. */
let depth = 0;

function blocks(tokens) {
  return tokens.map(block);
}

function within(token, content) {
  if (depth === DEEPEST) {
    return token.raw;
  }
  depth++;
  try {
    return content();
  } finally {
    depth--;
  }
}

function block(token) {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading':
      headings = [...headings.filter(above => above < token.depth), token.depth];
      return h(`h${Math.min(headings.length + PAGE_LEVEL, 6)}`, null, inlines(token.tokens));
    case 'paragraph':
      return p(null, inlines(token.tokens));
    case 'code':
      return pre({ tabIndex: 0 }, code(null, token.text));
    case 'blockquote':
      return within(token, () => blockquote(null, blocks(token.tokens)));
    case 'list':
      return within(token, () =>
        h(token.ordered ? 'ol' : 'ul', token.ordered && token.start > 1 ? { start: token.start } : null, token.items.map(item)),
      );
    case 'hr':
      return hr();
    case 'table':
      return div(
        { class: 'table-box', tabIndex: 0 },
        table(
          null,
          thead(null, tr(null, token.header.map(cell => th(null, inlines(cell.tokens))))),
          tbody(null, token.rows.map(row => tr(null, row.map(cell => td(null, inlines(cell.tokens)))))),
        ),
      );
    case 'text':
      return token.tokens ? inlines(token.tokens) : token.text;
    default:
      return token.raw;
  }
}

function item(token) {
  return li(
    null,
    token.task && input({ type: 'checkbox', checked: token.checked, disabled: true, 'aria-label': token.checked ? '☑' : '☐' }),
    blocks(token.tokens),
  );
}

function inlines(tokens) {
  return tokens.map(inline);
}

function inline(token) {
  switch (token.type) {
    case 'strong':
      return strong(null, inlines(token.tokens));
    case 'em':
      return em(null, inlines(token.tokens));
    case 'del':
      return del(null, inlines(token.tokens));
    case 'codespan':
      return code(null, token.text);
    case 'br':
      return br();
    case 'link':
    case 'image':
      return link(token);
    case 'escape':
      return token.text;
    case 'text':
      return token.tokens ? inlines(token.tokens) : token.text;
    default:
      return token.raw;
  }
}

function link(token) {
  const label = token.type === 'link' ? inlines(token.tokens) : token.text || token.href;
  return SAFE.test(token.href) ? a({ href: token.href, target: '_blank', rel: 'noopener noreferrer' }, label) : token.raw;
}
