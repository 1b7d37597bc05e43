// The stream of what happens to tasks. It is read by fetch, as EventSource cannot send a token, and goes on behind the
// last id that came, so nothing is lost or told twice however often the connection breaks.
import { Store } from '../ui/store.js';
import { end, identity, session } from './session.js';

const PATH = '/opsflow/v1/task/subscribe';
/** The service sends a sign of life every 15 seconds. */
const SILENCE_MS = 40_000;
const LONGEST_PAUSE_MS = 3_000;
/** A browser allows few connections to one server: a page that nobody looks at gives its own away. */
const HIDDEN_MS = 60_000;

/** 'open', 'connecting' (never yet) or 'lost'. */
export const connection = new Store('connecting');

const listeners = new Set();
let lastId = null;
let running = null;

/** Calls with each event, a CloudEvent; returns how to stop that. */
export function onEvent(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** As onEvent, and calls with nothing when the stream has just been opened: what came before that nobody tells. */
export function onChange(listener) {
  const stop = onEvent(listener);
  const stopWatching = connection.subscribe(state => state === 'open' && listener());
  return () => {
    stop();
    stopWatching();
  };
}

/** Resolves when the stream is open, so that what is read after that and what it tells leave no gap between them. */
export function opened(withinMs = 1_000) {
  return new Promise(resolve => {
    const done = () => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => done(), withinMs);
    const stop = connection.subscribe(state => state === 'open' && done());
    if (connection.value === 'open') {
      done();
    }
  });
}

function follow() {
  running?.abort();
  running = null;
  if (session.value.person && !session.value.ended) {
    const own = new AbortController();
    running = own;
    run(own.signal);
  }
}

async function run(signal) {
  let failures = 0;
  while (!signal.aborted) {
    const attempt = new AbortController();
    const abort = () => attempt.abort();
    signal.addEventListener('abort', abort);
    addEventListener('offline', abort); // the browser knows sooner than a silent connection tells
    try {
      await readOnce(attempt, () => (failures = 0));
    } catch {
      failures++; // whatever it was, the answer is to try again, less and less often
    }
    signal.removeEventListener('abort', abort);
    removeEventListener('offline', abort);
    if (!signal.aborted) {
      connection.set('lost');
      await onlineWithin(Math.min(200 * 2 ** failures, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2));
      await shown();
    }
  }
}

async function readOnce(attempt, alive) {
  const { token } = session.value;
  const response = await fetch(PATH, {
    headers: { Authorization: `Bearer ${token}`, ...(lastId === null ? {} : { 'Last-Event-ID': lastId }) },
    signal: attempt.signal,
  });
  if (response.status === 401) {
    end(token); // which begins again, once there is another token
    return;
  }
  if (!response.ok) {
    throw new Error(`The stream was refused with ${response.status}.`);
  }
  connection.set('open');
  let watchdog;
  const watch = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => attempt.abort(), SILENCE_MS);
  };
  watch();
  try {
    for await (const { id, data } of messages(response.body)) {
      watch();
      alive();
      lastId = id ?? lastId;
      if (data) {
        const event = JSON.parse(data);
        listeners.forEach(listener => listener(event));
      }
    }
  } finally {
    clearTimeout(watchdog);
  }
}

/** Server-sent events out of bytes: fields up to an empty line. */
async function* messages(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let message = {};
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    const lines = (rest + value).split(/\r?\n/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        yield message;
        message = {};
      } else {
        const colon = line.indexOf(':');
        const field = line.slice(0, colon);
        const text = line.slice(colon + 1).replace(/^ /, '');
        message[field] = field === 'data' && message.data ? `${message.data}\n${text}` : text;
      }
    }
  }
}

/** Resolves after this long, or as soon as the browser is online again. */
function onlineWithin(milliseconds) {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    addEventListener('online', done);
  });
}

function shown() {
  return new Promise(resolve => {
    if (!document.hidden) {
      resolve();
      return;
    }
    document.addEventListener('visibilitychange', resolve, { once: true });
  });
}

let person = identity(session.value.person);
session.subscribe(now => {
  if (identity(now.person) !== person) {
    lastId = null; // another person's stream begins now
    person = identity(now.person);
    connection.set('connecting');
  }
  follow();
});

let hidden;
document.addEventListener('visibilitychange', () => {
  clearTimeout(hidden);
  if (document.hidden) {
    hidden = setTimeout(() => running?.abort(), HIDDEN_MS);
  } else if (!running || running.signal.aborted) {
    follow();
  }
});

follow();
