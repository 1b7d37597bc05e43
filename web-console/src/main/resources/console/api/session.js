// Who is signed in. The token is kept for this tab only (session storage) and leaves it in one header alone.
import { Store } from '../ui/store.js';

const KEY = 'opsflow.session';
/** setTimeout cannot wait longer than 2^31 ms. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** { token, person } of whom is signed in, or null; `ended` once the token is refused or over. */
export const session = new Store({ token: null, person: null, ended: false, demo: [] });

let timer;

/** What a token says about its bearer, for showing only: the server alone judges it. Throws for what is no token. */
export function personOf(token) {
  const part = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
  const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(part), c => c.charCodeAt(0))));
  return {
    userId: String(claims.aud ?? ''),
    role: claims.rol ?? '',
    domainId: claims.did ?? '',
    workspaceId: claims.wid ?? '',
    projects: claims.projects ?? null,
    ends: claims.exp * 1000,
  };
}

/** One person at one place: what one has begun is neither sent nor shown in another one's name. */
export const identity = person => person && [person.domainId, person.workspaceId, person.userId, person.role].join(' ');
export const isAdmin = person => ['DOMAIN_ADMIN', 'SYSTEM_ADMIN'].includes(person?.role);
export const isSystemAdmin = person => person?.role === 'SYSTEM_ADMIN';
export const mayCreateTasks = person => Boolean(person?.workspaceId);

export function signIn(token, demo = session.value.demo) {
  start({ token, demo });
  sessionStorage.setItem(KEY, JSON.stringify({ token, demo }));
}

export function signOut() {
  sessionStorage.removeItem(KEY);
  clearTimeout(timer);
  session.set({ token: null, person: null, ended: false, demo: [] });
}

/** The server refused this token, or its time is over: the page asks for another one and keeps all that was typed. */
export function end(token) {
  if (session.value.token === token && !session.value.ended) {
    session.set({ ...session.value, ended: true });
  }
}

/** Resolves once somebody signs in, or nobody is any more. */
export function renewal() {
  return new Promise(resolve => {
    const stop = session.subscribe(now => {
      if (!now.ended) {
        stop();
        resolve();
      }
    });
  });
}

/**
 * A code in the address's fragment never reaches a server by itself; it is taken out of the address at once. Whoever was
 * signed in here is so no more.
 */
export function takeCode() {
  const code = location.hash.match(/^#code=(.+)/)?.[1];
  if (code) {
    history.replaceState(null, '', location.pathname);
    signOut();
  }
  return code;
}

function start({ token, demo }) {
  const person = personOf(token);
  clearTimeout(timer);
  timer = setTimeout(() => end(token), Math.min(Math.max(person.ends - Date.now(), 0), LONGEST_TIMER));
  session.set({ token, person, ended: person.ends <= Date.now(), demo });
}

const kept = sessionStorage.getItem(KEY);
if (kept) {
  start(JSON.parse(kept));
}
