// The service itself: how far each step of an event's way is, and what to do where one stands still.
import { h, html, useRef, useState } from '../ui/dom.js';
import { Chart } from '../ui/chart.js';
import { Confirm } from '../ui/dialog.js';
import { Failure, Loading, tell, tellFailure } from '../ui/notice.js';
import { duration, Moment, relative, useEvery, utc } from '../ui/time.js';
import { number, t } from '../ui/text.js';
import { admin } from '../api/client.js';
import { judgements } from './judgement.js';

const { button, div, h1, h2, li, p, polyline, progress, section, span, strong, svg, table, tbody, td, th, thead, tr, ul } = html;

const EVERY_MS = 2_000;
/** Ten minutes of them. */
const KEPT = 300;

export function Operation() {
  const [now, setNow] = useState(null);
  const past = useRef([]);
  const look = async () => {
    const [store, feed, model] = await Promise.all(['event-store', 'feed', 'read-model'].map(part => admin.get(part).then(({ body }) => body, error => ({ error }))));
    const moment = { at: Date.now() / 1000, store, feed, model };
    past.current = [...past.current, figures(moment)].slice(-KEPT);
    setNow(moment);
  };
  useEvery(EVERY_MS, look);
  if (!now) {
    return h(Loading);
  }
  const history = past.current;
  return div(
    { class: 'operation-view' },
    h1(null, t('view.operation')),
    h(Judgements, { list: judgements(now, history) }),
    div(
      { class: 'operation-grid' },
      h(Store, { store: now.store, history }),
      h(Relay, { store: now.store, history }),
      h(Feed, { feed: now.feed, history }),
      h(ReadModel, { model: now.model, look }),
      h(Chain, { store: now.store, look }),
    ),
    h(Partitions, { feed: now.feed, history }),
    h(Parked, { feed: now.feed, look }),
  );
}

/** What the charts need of a moment. */
function figures({ at, store, feed }) {
  const { head, relay_position, relay_lag } = store;
  return { at, store: { head, relay_position, relay_lag }, feed: { error: feed.error, partitions: feed.partitions } };
}

/** What is not as it should be: what it means and what to do. */
function Judgements({ list }) {
  return section(
    { 'aria-label': t('op.state') },
    div(
      { role: 'status' },
      list.length === 0
        ? p({ class: 'banner good-banner' }, t('op.fine'))
        : ul({ class: 'judgements' }, list.map(({ key, level, values }) => li({ key, class: `banner ${level}` }, strong(null, t(`op.${key}`, values)), ' ', t(`op.${key}.do`, values)))),
    ),
  );
}

function Tile({ title, figure, unit, bad, hint, children }) {
  return section({ class: `tile panel-box ${bad ? 'alarm' : ''}`, 'aria-label': title }, h2(null, title), p({ class: 'figure' }, figure, unit && span({ class: 'fine' }, ' ', unit)), hint && p({ class: 'fine' }, hint), children);
}

function Store({ store, history }) {
  const rates = ratesOf(history, moment => moment.store.head);
  return h(
    Tile,
    { title: t('op.store'), figure: store.error ? '–' : number(store.head), unit: t('op.events'), bad: Boolean(store.error), hint: t('op.rate', { rate: number(rates.at(-1) ?? 0, 1) }) },
    h(Chart, { title: t('op.store.chart'), small: true, height: 64, x: history.map(moment => moment.at), series: [{ name: t('op.store.chart'), values: rates }] }),
  );
}

function Relay({ store, history }) {
  const lag = history.map(moment => moment.store.relay_lag ?? null);
  return h(
    Tile,
    { title: t('op.relay'), figure: store.error ? '–' : number(store.relay_lag), unit: t('op.behind'), bad: Boolean(store.error), hint: store.error ? '' : t('op.position', { n: store.relay_position }) },
    h(Chart, { title: t('op.relay.chart'), small: true, height: 64, x: history.map(moment => moment.at), series: [{ name: t('op.relay.chart'), values: lag }] }),
  );
}

function Feed({ feed, history }) {
  const lag = history.map(moment => lagOf(moment.feed));
  const now = lagOf(feed);
  return h(
    Tile,
    { title: t('op.feed'), figure: now === null ? '–' : number(now), unit: t('op.behind'), bad: now === null, hint: feed.error ? '' : t('op.topic', { topic: feed.topic, n: feed.partitions.length }) },
    h(Chart, { title: t('op.feed.chart'), small: true, height: 64, x: history.map(moment => moment.at), series: [{ name: t('op.feed.chart'), values: lag }] }),
  );
}

function ReadModel({ model, look }) {
  const [asking, setAsking] = useState(false);
  if (model.error) {
    return h(Tile, { title: t('op.model'), figure: '–', bad: true });
  }
  const { live, rebuild } = model;
  const start = async () => {
    try {
      await admin.post('read-model/rebuild');
      tell(t('op.rebuild.started'));
    } catch (error) {
      tellFailure(error);
    }
    setAsking(false);
    await look();
  };
  return h(
    Tile,
    { title: t('op.model'), figure: live ? live.generation : '–', unit: t('op.generation'), bad: !live, hint: live && span({ title: utc(live.since) }, t('op.live.since', { ago: relative(live.since) })) },
    rebuild ? h(Rebuild, { rebuild }) : button({ type: 'button', onClick: () => setAsking(true) }, t('op.rebuild')),
    asking && h(Confirm, { title: t('op.rebuild.ask'), action: t('op.rebuild'), danger: false, close: () => setAsking(false), confirm: start }, p(null, t('op.rebuild.what'))),
  );
}

function Chain({ store, look }) {
  if (store.error) {
    return h(Tile, { title: t('op.chain'), figure: '–', bad: true });
  }
  const { verification: last, verifying, verification_failed_at: failed, head } = store;
  const verify = async () => {
    try {
      await admin.post('event-store/verify');
    } catch (error) {
      tellFailure(error);
    }
    await look();
  };
  return h(
    Tile,
    {
      title: t('op.chain'),
      figure: !last ? '–' : last.breaks ? t('op.chain.broken') : t('op.chain.whole'),
      bad: last?.breaks > 0,
      hint: last ? span({ title: utc(last.verified_at) }, t('op.chain.last', { ago: relative(last.verified_at), n: last.head })) : t('op.chain.never'),
    },
    failed && p({ class: 'fine' }, t('op.chain.failed', { ago: relative(failed) })),
    verifying === null
      ? button({ type: 'button', onClick: verify }, t('op.chain.verify'))
      : div({ class: 'stack rebuild' }, progress({ max: Math.max(1, head), value: verifying, 'aria-label': t('op.chain.verifying') }), p({ class: 'fine' }, t('op.rebuild.progress', { events: verifying, total: head }))),
  );
}

function Rebuild({ rebuild }) {
  const { events, events_total: total, events_per_second: rate, seconds_left: left } = rebuild;
  return div(
    { class: 'stack rebuild' },
    p(null, t('op.rebuild.phase', { phase: t(`op.phase.${rebuild.phase}`) })),
    progress({ max: Math.max(1, total), value: Math.min(events, total), 'aria-label': t('op.rebuild.running') }),
    p({ class: 'fine' }, t('op.rebuild.progress', { events, total }), rate ? ` · ${t('op.rate', { rate: number(rate) })}` : '', left === null || left === undefined ? '' : ` · ${t('op.rebuild.left', { time: duration(left) })}`),
  );
}

function Partitions({ feed, history }) {
  if (feed.error) {
    return h(Failure, { error: feed.error });
  }
  return section(
    { class: 'panel-box', 'aria-label': t('op.partitions') },
    h2(null, t('op.partitions')),
    div(
      { class: 'table-box', tabIndex: 0, role: 'group', 'aria-label': t('op.partitions') },
      table(
        null,
        thead(null, tr(null, ['op.partition', 'op.next', 'op.end', 'op.lag'].map(key => th({ key, scope: 'col', class: 'number' }, t(key))), th({ scope: 'col' }, t('op.lag.lately')))),
        tbody(
          null,
          feed.partitions.map(one =>
            tr({ key: one.partition }, td({ class: 'number' }, one.partition), td({ class: 'number' }, number(one.next_offset)), td({ class: 'number' }, one.end_offset === null ? '–' : number(one.end_offset)), td({ class: 'number' }, one.lag === null ? '–' : one.lag > 0 ? span({ class: 'tag warn' }, number(one.lag)) : '0'), td(null, h(Line, { values: history.map(moment => moment.feed.partitions?.find(other => other.partition === one.partition)?.lag ?? 0) }))),
          ),
        ),
      ),
    ),
  );
}

/** The last minutes in a line. */
function Line({ values }) {
  const most = Math.max(1, ...values);
  const points = values.map((value, index) => `${((index / Math.max(1, values.length - 1)) * 160).toFixed(1)},${(19 - (value / most) * 17).toFixed(1)}`).join(' ');
  return svg({ viewBox: '0 0 160 20', class: 'line', 'aria-hidden': 'true' }, polyline({ points }));
}

function Parked({ feed, look }) {
  const [busy, setBusy] = useState(null);
  if (feed.error || !feed.parked_count) {
    return null;
  }
  const retry = async id => {
    setBusy(id);
    try {
      const { body } = await admin.post('feed/retry', { aggregate_id: id });
      tell(body.parked.some(event => event.aggregate_id === id) ? t('op.retry.still', { id }) : t('op.retry.done', { id }));
    } catch (error) {
      tellFailure(error);
    }
    setBusy(null);
    await look();
  };
  const seen = new Set();
  return section(
    { class: 'panel-box', 'aria-label': t('op.parked') },
    h2(null, t('op.parked'), ' ', span({ class: 'tag bad' }, number(feed.parked_count))),
    div(
      { class: 'table-box', tabIndex: 0, role: 'group', 'aria-label': t('op.parked') },
      table(
        null,
        thead(null, tr(null, ['op.aggregate', 'op.sequence', 'op.place', 'op.reason', 'op.since'].map(key => th({ key, scope: 'col' }, t(key))), th({ scope: 'col' }, span({ class: 'unseen' }, t('op.retry'))))),
        tbody(
          null,
          feed.parked.map(event => {
            const first = !seen.has(event.aggregate_id);
            seen.add(event.aggregate_id);
            return tr(
              { key: `${event.partition} ${event.offset}` },
              td(null, event.aggregate_id),
              td({ class: 'number' }, event.sequence ?? '–'),
              td(null, `${event.partition}@${event.offset}`),
              td({ class: 'cell-name' }, event.reason),
              td(null, h(Moment, { at: event.parked_at })),
              td(null, first && button({ type: 'button', class: 'small', disabled: busy === event.aggregate_id, 'aria-label': t('op.retry.of', { id: event.aggregate_id }), onClick: () => retry(event.aggregate_id) }, t('op.retry'))),
            );
          }),
        ),
      ),
    ),
  );
}

/** How many there are not yet, over all partitions; null where nobody knows. */
function lagOf(feed) {
  return feed.error || feed.partitions.some(one => one.lag === null) ? null : feed.partitions.reduce((sum, one) => sum + one.lag, 0);
}

/** Per second, from one look to the next. */
function ratesOf(history, value) {
  return history.map((moment, index) => {
    const before = history[index - 1];
    const [now, then] = [value(moment), before && value(before)];
    return now === undefined || then === undefined || !before ? null : Math.max(0, (now - then) / (moment.at - before.at));
  });
}
