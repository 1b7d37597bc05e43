// One request of the API and its answer: token, repetition without harm, versions, and reads that see one's own writes.
import { parseExactly } from './digits.js';
import { end, identity, renewal, session, signIn } from './session.js';

const ROOT = '/opsflow/v1/';
const TRIES = 3;
/** Reads follow writes by milliseconds; after this long nothing has to be waited for. */
const FRESH_MS = 30_000;

/** What one has written lately, as the service wants to hear of it with a read. */
let changes = [];

/** A request that failed: in a sentence of the service, with the id under which its log tells more. */
export class ApiError extends Error {
  constructor(status, code, message, requestId) {
    super(message);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
  }
}

/** @returns {Promise<{body, version}>} version: the number of the task's last event, where the answer is about one task */
export function read(verb, request) {
  const headers = {};
  changes = changes.filter(change => change.at > Date.now() - FRESH_MS);
  if (changes.length) {
    headers['Opsflow-Consistent-With'] = changes.map(change => change.value).join(', ');
  }
  return send('POST', ROOT + verb, request, headers);
}

/**
 * A write happens once, however often it has to be sent: it carries a key.
 * @param version where given, it happens only if that is still the task's version; else the error's status is 412
 * @param key given by whoever may ask for the same again, not knowing whether it happened
 */
export async function write(verb, request, { version, key = newKey() } = {}) {
  const headers = { 'Idempotency-Key': key };
  if (version !== undefined) {
    headers['If-Match'] = `"${version}"`;
  }
  const answer = await send('POST', ROOT + verb, request, headers);
  if (answer.change) {
    // The newest version of a task includes the older ones.
    const id = answer.change.replace(/@\d+"?$/, '');
    changes = [...changes.filter(change => !change.value.startsWith(id)), { value: answer.change, at: Date.now() }].slice(-20);
  }
  return answer;
}

export const admin = {
  get: path => send('GET', '/admin/' + path),
  post: (path, request) => send('POST', '/admin/' + path, request),
};

/** Standalone's own: exchanges the code it printed for the tokens of the demo's people. */
export async function signInByCode(code) {
  const { body } = await answerOf(await ask('/demo/tokens', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ code }) }));
  signIn(body.tokens[0].token, body.tokens);
}

/** The same request for a terminal. */
export function curl(verb, request) {
  const body = JSON.stringify(request).replace(/'/g, `'\\''`);
  return `curl -s ${location.origin}${ROOT}${verb} \\\n  -H "Authorization: Bearer $TOKEN" \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

session.subscribe(() => (changes = []));

async function send(method, path, request, headers = {}) {
  const sender = identity(session.value.person);
  for (let attempt = 1; ; attempt++) {
    if (session.value.ended) {
      await renewal();
    }
    demandStill(sender);
    const { token } = session.value;
    let response;
    try {
      response = await ask(path, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          ...(request === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        body: request === undefined ? undefined : JSON.stringify(request),
      });
    } catch (error) {
      if (attempt < TRIES) {
        await pause(attempt * 300);
        continue;
      }
      throw error;
    }
    demandStill(sender);
    if (response.status === 401) {
      end(token);
      continue;
    }
    if (response.status === 503 && headers['Opsflow-Consistent-With']) {
      // The read model is behind: something older now is better than nothing.
      delete headers['Opsflow-Consistent-With'];
      changes = [];
      continue;
    }
    if (response.status === 503 && attempt < TRIES) {
      await pause(Math.min(Number(response.headers.get('Retry-After') ?? 1), 5) * 1000);
      continue;
    }
    return answerOf(response);
  }
}

/** Whoever signs in next neither sends what another one began nor sees its answer. */
function demandStill(sender) {
  const { person } = session.value;
  if (!person || identity(person) !== sender) {
    throw new DOMException('Another person is here.', 'AbortError');
  }
}

async function ask(path, request) {
  try {
    return await fetch(path, request);
  } catch (e) {
    throw new ApiError(0, 'UNREACHABLE', e.message, '');
  }
}

async function answerOf(response) {
  const requestId = response.headers.get('X-Request-Id') ?? '';
  let body;
  try {
    // One task may be edited and sent back; lists are only shown, and may be long.
    body = response.headers.has('ETag') ? parseExactly(await response.text()) : await response.json();
  } catch {
    throw new ApiError(response.status, 'UNREADABLE', '', requestId);
  }
  if (!response.ok) {
    throw new ApiError(response.status, body.detail?.code ?? '', body.detail?.message ?? '', requestId);
  }
  const version = response.headers.get('ETag')?.match(/"(\d+)"/);
  return { body, version: version ? Number(version[1]) : undefined, change: response.headers.get('Opsflow-Consistent-With') };
}

/** Not randomUUID: browsers keep that from pages that come over plain HTTP. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

export function pause(milliseconds) {
  return new Promise(resolve => setTimeout(resolve, milliseconds));
}
