// Times are shown in the reader's zone and language; UTC is in the tip.
import { h, html, useEffect } from './dom.js';
import { Store, useStore } from './store.js';
import { language } from './text.js';

const { time } = html;

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Moves on every ten seconds, while somebody looks. */
const now = new Store(Date.now());
setInterval(() => document.hidden || now.set(Date.now()), 10_000);

export function utc(at) {
  return new Date(at).toISOString().replace('T', ' ').replace('Z', ' UTC');
}

export function local(at) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
}

/** @param zone the reader's, unless it is given */
export function day(at, zone) {
  return new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: zone }).format(new Date(at));
}

/** As the API writes it; null for what is no time. */
export function momentOf(text) {
  const at = new Date(text ?? NaN);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** "3 min. ago", "in 2 days". */
export function relative(at, from = Date.now()) {
  const seconds = (new Date(at) - from) / 1000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' }).format(Math.trunc(seconds / size), unit);
}

/** "4 h", "12 d": a length of time, in its largest unit. */
export function duration(seconds) {
  const [unit, size] = UNITS.slice(2).find(([, size]) => seconds >= size) ?? UNITS.at(-1);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(seconds / size);
}

/** A moment in full. */
export function Moment({ at }) {
  return at ? time({ dateTime: at, title: utc(at) }, local(at)) : null;
}

/** How long ago, kept true while it is shown. */
export function Ago({ at }) {
  const moment = useStore(now);
  return at ? time({ dateTime: at, title: utc(at) }, relative(at, Math.max(moment, Date.now()))) : null;
}

/** Calls at once, and again and again while somebody looks; the next time only after the last is done. */
export function useEvery(milliseconds, action, dependencies = []) {
  useEffect(() => {
    let timer;
    let stopped = false;
    const run = async first => {
      if (first || !document.hidden) {
        await action();
      }
      if (!stopped) {
        timer = setTimeout(() => run(false), milliseconds);
      }
    };
    run(true);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, dependencies);
}
