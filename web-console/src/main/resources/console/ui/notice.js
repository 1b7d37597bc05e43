// What the page has to say: short notices, read out by screen readers, and failures as a sentence with the request's id.
import { Component, h, html } from './dom.js';
import { Store, useStore } from './store.js';
import { has, t } from './text.js';

const { button, code, div, p, span } = html;
const SHOWN_MS = 6_000;

/** The dialogs that are open, the topmost last: notices show there, as a dialog covers all that is not in it. */
export const layers = new Store([]);

const notices = new Store([]);
const spoken = new Store('');
let number = 0;

/** Shows a sentence for some seconds. */
export function tell(text, kind = 'info') {
  const notice = { text, kind, number: ++number };
  notices.set([...notices.value.slice(-3), notice]);
  setTimeout(() => dismiss(notice), SHOWN_MS);
}

/** Shows a failure until somebody closes it. */
export function tellFailure(error) {
  if (error.name === 'AbortError') {
    return; // somebody else signed in, or nobody: there is nobody to tell
  }
  const notice = { error, kind: 'failure', number: ++number };
  notices.set([...notices.value.slice(-3), notice]);
}

/** Says something to those who do not see it happen. */
export function say(text) {
  spoken.set(text);
}

export function Notices() {
  const said = useStore(spoken);
  const open = useStore(layers);
  return div(null, div({ class: 'unseen', 'aria-live': 'polite' }, said), open.length === 0 && h(NoticeList));
}

export function NoticeList() {
  const shown = useStore(notices);
  return div(
    { role: 'status', class: 'notice-list' },
    shown.map(notice =>
      div(
        { class: `notice ${notice.kind}`, key: notice.number },
        notice.error ? h(Failure, { error: notice.error }) : span(null, notice.text),
        button({ type: 'button', class: 'icon', 'aria-label': t('dismiss'), onClick: () => dismiss(notice) }, '✕'),
      ),
    ),
  );
}

/** A failure in a sentence: the reader's language for what kind it is, the service's words for the particulars. */
export function Failure({ error, again }) {
  return div(
    { class: 'failure-text', role: again ? 'alert' : undefined },
    p(null, sentence(error)),
    error.requestId && p({ class: 'fine' }, t('error.request'), ' ', code(null, error.requestId)),
    again && button({ type: 'button', onClick: again }, t('again')),
  );
}

/** What cannot be drawn says so, and leaves the rest of the page as it is. */
export class Guard extends Component {
  componentDidCatch(error) {
    this.setState({ error });
  }

  render({ children }, { error }) {
    return error ? div({ class: 'narrow' }, h(Failure, { error, again: () => location.reload() })) : children;
  }
}

export function sentence(error) {
  const key = `error.${error.code}`;
  return has(key) ? t(key, { message: error.message }) : t('error.other', { message: error.message || String(error.code ?? error) });
}

/** Writes text to the clipboard, also where the page came over plain HTTP. */
export async function copy(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      tell(t('copied.not'));
      return;
    }
  } else {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
  tell(t('copied'));
}

export function Loading({ what }) {
  return div({ class: 'loading', role: 'status' }, span({ class: 'spinner', 'aria-hidden': 'true' }), what ?? t('loading'));
}

export function Empty({ title, children }) {
  return div({ class: 'empty' }, p({ class: 'empty-title' }, title), children);
}

function dismiss(notice) {
  notices.set(notices.value.filter(other => other !== notice));
}
