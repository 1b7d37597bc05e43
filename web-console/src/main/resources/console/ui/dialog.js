// The browser's own dialogs: they keep the focus and hide the rest from a screen reader. What closes them says the page.
import { h, html, newId, useEffect, useLayoutEffect, useRef, useState } from './dom.js';
import { layers, NoticeList } from './notice.js';
import { useStore } from './store.js';
import { t } from './text.js';

const { button, dialog, div, h2, header } = html;

/**
 * @param title what a screen reader says when it opens
 * @param kind 'panel' beside the page, or 'box' in the middle
 * @param close called for Escape, the cross and a click beside it; without it the dialog cannot be left
 */
export function Dialog({ title, heading, kind = 'box', close, children, actions }) {
  const element = useRef();
  const [id] = useState(() => newId('dialog'));
  const topmost = useStore(layers).at(-1) === id;
  useLayoutEffect(() => {
    const before = document.activeElement;
    const shown = element.current;
    shown.showModal();
    layers.set([...layers.value, id]);
    return () => {
      layers.set(layers.value.filter(other => other !== id));
      shown.close(); // while it is open nothing else can have the focus
      before?.isConnected && before.focus();
    };
  }, []);
  // A browser asks the page only once, and closes at a second Escape whatever is lost by that.
  useLayoutEffect(() => {
    const onKeyDown = event => {
      if (event.key === 'Escape' && !event.isComposing && layers.value.at(-1) === id) {
        event.preventDefault();
        close?.();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [close]);
  const onPointerDown = event => {
    if (event.target === element.current && kind === 'panel') {
      close?.();
    }
  };
  return dialog(
    { ref: element, class: `dialog ${kind}`, 'aria-labelledby': id, closedby: 'none', onCancel: event => event.preventDefault(), onPointerDown },
    div(
      { class: 'dialog-content' },
      header(
        { class: 'dialog-head' },
        heading ?? h2({ id, tabIndex: -1 }, title),
        heading && h2({ id, class: 'unseen' }, title),
        actions,
        close && button({ type: 'button', class: 'icon', 'aria-label': t('close'), title: t('close'), onClick: close }, '✕'),
      ),
      children,
    ),
    topmost && h(NoticeList),
  );
}

/** Opens beside its button and closes with Escape, a click elsewhere, or by itself once something was chosen. */
export function Menu({ label, title, kind = '', children, align = 'start' }) {
  const [open, setOpen] = useState(false);
  const root = useRef();
  const trigger = useRef();
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    // A click on plain text within gives the focus to what is around the menu: that is not away.
    const away = event => root.current.contains(event.target) || (event.type === 'focusin' && event.target.contains(root.current)) || setOpen(false);
    document.addEventListener('pointerdown', away);
    document.addEventListener('focusin', away);
    return () => {
      document.removeEventListener('pointerdown', away);
      document.removeEventListener('focusin', away);
    };
  }, [open]);
  const onKeyDown = event => {
    if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      trigger.current.focus();
    }
  };
  return div(
    { class: 'menu', ref: root, onKeyDown },
    button({ type: 'button', class: kind, ref: trigger, title, 'aria-expanded': String(open), onClick: () => setOpen(!open) }, label),
    open && div({ class: `menu-body ${align}` }, typeof children === 'function' ? children(() => setOpen(false)) : children),
  );
}

/** A question before something that cannot be undone. */
export function Confirm({ title, children, action, danger = true, close, confirm }) {
  const [busy, setBusy] = useState(false);
  const onConfirm = async () => {
    setBusy(true);
    try {
      await confirm();
    } finally {
      setBusy(false);
    }
  };
  return h(
    Dialog,
    { title, close },
    div({ class: 'dialog-body' }, children),
    div(
      { class: 'dialog-foot' },
      button({ type: 'button', onClick: close }, t('cancel')),
      button({ type: 'button', class: danger ? 'danger' : 'primary', disabled: busy, onClick: onConfirm }, action),
    ),
  );
}
