// Who one is, where, and for how long: always in sight.
import { h, html } from '../ui/dom.js';
import { Menu } from '../ui/dialog.js';
import { useStore } from '../ui/store.js';
import { Ago, Moment } from '../ui/time.js';
import { t } from '../ui/text.js';
import { session, signOut } from '../api/session.js';
import { Language } from './language.js';
import { DemoPeople } from './sign-in.js';

const { button, dd, div, dl, dt, span } = html;

export function Person({ person }) {
  useStore(session);
  const name = span(
    { class: 'person' },
    span({ class: 'avatar', 'aria-hidden': 'true' }, person.userId.slice(0, 1).toUpperCase()),
    span(
      { class: 'person-text' },
      span({ class: 'person-name' }, person.userId),
      span(
        { class: 'person-place' },
        span({ class: 'person-where' }, person.workspaceId || t(`role.${person.role}`)),
        span(null, '· ', t('token.ends'), ' ', h(Ago, { at: new Date(person.ends).toISOString() })),
      ),
    ),
  );
  return h(Menu, { label: name, title: t('person.title'), kind: 'person-button', align: 'end' }, close =>
    div(
      { class: 'person-menu' },
      dl(
        { class: 'facts' },
        dt(null, t('person.user')),
        dd(null, person.userId),
        dt(null, t('person.role')),
        dd(null, t(`role.${person.role}`)),
        dt(null, t('person.workspace')),
        dd(null, person.workspaceId || '–'),
        dt(null, t('person.domain')),
        dd(null, person.domainId),
        person.projects && dt(null, t('person.projects')),
        person.projects && dd(null, person.projects.join(', ')),
        dt(null, t('person.ends')),
        dd(null, h(Moment, { at: new Date(person.ends).toISOString() })),
      ),
      div({ class: 'row' }, h(Language), button({ type: 'button', class: 'quiet', onClick: signOut }, t('signout'))),
      h(DemoPeople, { chosen: close }),
    ),
  );
}
