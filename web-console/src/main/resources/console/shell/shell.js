// The frame: who is here, where one can go, and the view in the middle.
import { h, html, useEffect, useLayoutEffect, useState } from '../ui/dom.js';
import { useStore } from '../ui/store.js';
import { useEvery } from '../ui/time.js';
import { t } from '../ui/text.js';
import { Failure, Guard, Loading, Notices } from '../ui/notice.js';
import { identity, isAdmin, isSystemAdmin, session, takeCode } from '../api/session.js';
import { connection } from '../api/events.js';
import { catalog, loadCatalog } from '../api/catalog.js';
import { address, change, route } from './route.js';
import { Logo } from './logo.js';
import { Person } from './person.js';
import { SignIn } from './sign-in.js';
import { Board } from '../board/board.js';
import { TaskPanel } from '../task/panel.js';

const { a, div, header, main, nav, span } = html;

const CATALOG_MS = 60_000;

const VIEWS = {
  board: { load: async () => Board },
  list: { load: async () => (await import('../list/list.js')).List },
  statistics: { load: async () => (await import('../statistics/statistics.js')).Statistics },
  catalog: { load: async () => (await import('../catalog/catalog.js')).Catalog, allowed: isAdmin },
  operation: { load: async () => (await import('../operation/operation.js')).Operation, allowed: isSystemAdmin },
};

export function Shell() {
  // Of standalone's link. It is used once: whoever signs out stays out.
  const [code, setCode] = useState(takeCode);
  const { person, ended } = useStore(session);
  useLayoutEffect(() => {
    // A newer link, pasted into this tab, changes the fragment and loads nothing.
    const look = () => {
      const newer = takeCode();
      newer && setCode(newer);
    };
    addEventListener('hashchange', look);
    return () => removeEventListener('hashchange', look);
  }, []);
  if (!person) {
    return div(null, h(SignIn, { code, used: () => setCode(null) }), h(Notices));
  }
  return div(
    { class: 'shell' },
    h(Frame, { key: identity(person), person }),
    ended && h(SignIn, { again: true }),
    h(Notices),
  );
}

function Frame({ person }) {
  const { view, values } = useStore(route);
  const { loaded, error } = useStore(catalog);
  // No stream tells of the catalog, and it seldom changes.
  useEvery(CATALOG_MS, loadCatalog);
  const name = Object.hasOwn(VIEWS, view) && (VIEWS[view].allowed ?? (() => true))(person) ? view : 'board';
  const task = values.get('task');
  useEffect(() => {
    document.title = `${t(`view.${name}`)} · OpsFlow`;
  }, [name]);
  return div(
    { class: 'frame' },
    a({ class: 'skip', href: '#content', onClick: skip }, t('skip')),
    header(
      { class: 'top' },
      a({ class: 'brand', href: address('board'), 'aria-label': 'OpsFlow' }, h(Logo), span({ class: 'brand-name' }, 'OpsFlow')),
      nav(
        { class: 'views', 'aria-label': t('views') },
        Object.keys(VIEWS)
          .filter(key => (VIEWS[key].allowed ?? (() => true))(person))
          .map(key => a({ href: address(key), key, 'aria-current': key === name ? 'page' : undefined }, t(`view.${key}`))),
      ),
      h(Connection),
      h(Person, { person }),
    ),
    main(
      { id: 'content', class: `content ${name}`, tabIndex: -1 },
      error ? div({ class: 'narrow' }, h(Failure, { error, again: loadCatalog })) : loaded ? h(Guard, { key: name }, h(View, { name })) : h(Loading),
    ),
    task && loaded && h(Guard, { key: task }, h(TaskPanel, { id: task, close: () => change({ task: null }) })),
  );
}

/** A view's modules come when it is first wanted. */
function View({ name }) {
  const [found, setFound] = useState(name === 'board' ? { view: Board } : null);
  const load = () =>
    VIEWS[name].load().then(
      view => setFound({ view }),
      error => setFound({ error }),
    );
  useEffect(() => {
    load();
  }, []);
  if (!found) {
    return h(Loading);
  }
  return found.view ? h(found.view) : div({ class: 'narrow' }, h(Failure, { error: found.error, again: () => location.reload() }));
}

function Connection() {
  const state = useStore(connection);
  return span({ class: `connection ${state}`, role: 'status', title: t(`connection.${state}.hint`) }, span({ class: 'dot', 'aria-hidden': 'true' }), span(null, t(`connection.${state}`)));
}

function skip(event) {
  event.preventDefault();
  document.getElementById('content').focus();
}
