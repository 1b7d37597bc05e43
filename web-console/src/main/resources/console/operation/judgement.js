// What the figures mean. Each finding has two sentences in the message files: what is the matter, and what to do.

/** An event passes each step in milliseconds; what stands still for longer than this has a reason. */
const STILL_S = 10;
const LONG_LAG = 5_000;

/**
 * @param now { at, store, feed, model }, each the answer or { error }
 * @param history such moments, oldest first
 * @returns [{ key, level: 'bad' | 'warn', values }]
 */
export function judgements(now, history) {
  const found = [];
  const add = (key, level, values = {}) => found.push({ key, level, values });
  if (now.store.error) {
    add('store.away', 'bad', { message: now.store.error.message });
  } else if (now.store.relay_lag > 0 && standsStill(history, moment => moment.store.relay_position)) {
    add('relay.still', 'bad', { n: now.store.relay_lag });
  }
  if (now.store.doubt) {
    add('store.doubt', 'bad', { message: now.store.doubt });
  }
  if (now.store.verification?.breaks) {
    add('chain.breaks', 'bad', { message: now.store.verification.first_break });
  }
  if (now.feed.error) {
    add('feed.away', 'bad', { message: now.feed.error.message });
  } else {
    const lag = now.feed.partitions.reduce((sum, one) => sum + (one.lag ?? 0), 0);
    if (now.feed.partitions.some(one => one.lag === null)) {
      add('broker.away', 'bad');
    } else if (lag > 0 && standsStill(history, moment => moment.feed.partitions?.reduce((sum, one) => sum + one.next_offset, 0))) {
      add('feed.still', 'bad', { n: lag });
    } else if (lag > LONG_LAG) {
      add('feed.long', 'warn', { n: lag });
    }
    if (now.feed.parked_count > 0) {
      add('parked.some', 'bad', { n: now.feed.parked_count });
    }
  }
  if (now.model.error) {
    add('model.away', 'bad', { message: now.model.error.message });
  } else if (!now.model.live) {
    add('model.none', 'bad');
  }
  return found;
}

function standsStill(history, value) {
  const latest = history.at(-1);
  const first = history.findLastIndex(moment => moment.at <= latest.at - STILL_S);
  return first >= 0 && history.slice(first).every(moment => value(moment) === value(latest));
}
