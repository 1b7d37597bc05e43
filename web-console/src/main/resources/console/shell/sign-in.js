// Signing in: a token is pasted or dropped in; standalone's people are one click away once its code was exchanged.
import { h, html, useEffect, useState } from '../ui/dom.js';
import { Dialog } from '../ui/dialog.js';
import { Failure } from '../ui/notice.js';
import { useStore } from '../ui/store.js';
import { t } from '../ui/text.js';
import { signInByCode } from '../api/client.js';
import { personOf, session, signIn, signOut } from '../api/session.js';
import { Language } from './language.js';
import { Logo } from './logo.js';

const { button, div, form, h1, label, p, span, textarea } = html;

/**
 * @param code to exchange for the demo's tokens; used() is called as soon as that begins
 * @param again over the page: the token is over, what was typed stays beneath
 */
export function SignIn({ code, used, again }) {
  const [failure, setFailure] = useState('');
  const [exchanging, setExchanging] = useState(Boolean(code));
  useEffect(() => {
    if (code) {
      used();
      setExchanging(true);
      signInByCode(code).catch(error => {
        setFailure(error.status === 403 ? t('signin.code.unknown') : h(Failure, { error }));
        setExchanging(false);
      });
    }
  }, [code]);
  if (again) {
    return h(
      Dialog,
      { title: t('signin.again') },
      div({ class: 'dialog-body' }, p(null, t('signin.again.why')), h(TokenForm, { failure, setFailure }), h(DemoPeople), button({ type: 'button', class: 'quiet', onClick: signOut }, t('signout'))),
    );
  }
  return html.main(
    { class: 'welcome' },
    div(
      { class: 'welcome-card' },
      div({ class: 'welcome-head' }, h(Logo), h1(null, 'OpsFlow'), h(Language)),
      p(null, t('signin.intro')),
      exchanging ? p({ role: 'status' }, t('signin.exchanging')) : h(TokenForm, { failure, setFailure }),
      p({ class: 'fine' }, t('signin.privacy')),
    ),
  );
}

function TokenForm({ failure, setFailure }) {
  const [text, setText] = useState('');
  const [over, setOver] = useState(false);
  const enter = async token => {
    const trimmed = token.trim().replace(/^Bearer\s+/i, '');
    let person;
    try {
      person = personOf(trimmed);
    } catch {
      setFailure(t('signin.no.token'));
      return;
    }
    if (person.ends <= Date.now()) {
      setFailure(t('signin.over'));
      return;
    }
    const answer = await fetch('/opsflow/v1/task-category/list', {
      method: 'POST',
      headers: { Authorization: `Bearer ${trimmed}`, 'Content-Type': 'application/json' },
      body: '{"query": {"count_only": true}}',
    }).catch(() => null);
    if (!answer || answer.status >= 500) {
      setFailure(t('error.UNREACHABLE'));
    } else if (answer.status === 401) {
      setFailure(t('signin.refused'));
    } else {
      signIn(trimmed);
    }
  };
  const onDrop = async event => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    const dropped = file ? await file.text() : event.dataTransfer.getData('text/plain');
    setText(dropped.trim());
    enter(dropped);
  };
  const onSubmit = event => {
    event.preventDefault();
    enter(text);
  };
  return form(
    {
      class: `token-form ${over ? 'over' : ''}`,
      onSubmit,
      onDragOver: event => {
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop,
    },
    label({ for: 'token' }, t('signin.token')),
    textarea({ id: 'token', rows: 4, value: text, spellcheck: false, autocomplete: 'off', 'aria-describedby': 'token-help', placeholder: 'eyJ…', onInput: event => setText(event.target.value) }),
    p({ id: 'token-help', class: 'fine' }, t('signin.help')),
    div({ role: 'alert' }, failure && div({ class: 'failed' }, failure)),
    button({ type: 'submit', class: 'primary', disabled: !text.trim() }, t('signin')),
  );
}

/** The demo's people, where standalone gave their tokens to this tab. */
export function DemoPeople({ chosen = () => {} }) {
  const { demo, token } = useStore(session);
  if (!demo.length) {
    return null;
  }
  return div(
    { class: 'people', role: 'group', 'aria-label': t('demo.people') },
    p({ class: 'fine' }, t('demo.people')),
    demo.map(one => {
      const person = personOf(one.token);
      return button(
        {
          type: 'button',
          key: one.name,
          class: 'person-choice',
          'aria-pressed': String(one.token === token),
          onClick: () => {
            chosen();
            signIn(one.token);
          },
        },
        span({ class: 'person-name' }, person.userId),
        span({ class: 'fine' }, t(`role.${person.role}`), person.workspaceId && ` · ${person.workspaceId}`),
      );
    }),
  );
}
