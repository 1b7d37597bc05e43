// Charts by uPlot, in the page's colours, each with its numbers as a table for those who do not see it.
import uPlot from '../lib/uplot.js';
import { h, html, useEffect, useLayoutEffect, useRef } from './dom.js';
import { day, Moment } from './time.js';
import { number, t } from './text.js';

const { details, div, summary, table, tbody, td, th, thead, tr } = html;

/** Beside the first and the last bar there is room for them: bars stand for days. */
const BAR_S = 57_600;

const COLOURS = ['--chart-1', '--chart-2', '--chart-3', '--chart-4', '--chart-5', '--chart-6'];

/**
 * @param x times in seconds, or places
 * @param series [{ name, values, color?, bars? }]
 * @param height in pixels
 * @param days x are days in UTC, not moments
 */
export function Chart({ title, x, series, height = 240, small = false, unit = number, stacked = false, days = false }) {
  const box = useRef();
  const plot = useRef();
  const shape = JSON.stringify([series.map(one => [one.name, one.color]), small, stacked]);
  const data = [x, ...(stacked ? summed(series) : series.map(one => one.values))];
  useLayoutEffect(() => {
    const draw = () => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf({ box: box.current, series, height, small, unit, stacked, days }), data, box.current);
    };
    draw();
    const observer = new ResizeObserver(() => plot.current.setSize({ width: box.current.clientWidth, height }));
    observer.observe(box.current);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', draw);
      plot.current.destroy();
      plot.current = null;
    };
  }, [shape]);
  useEffect(() => plot.current?.setData(data), [x, series]);
  return div(
    { class: `chart ${small ? 'small' : ''}` },
    div({ ref: box, role: 'img', 'aria-label': title }),
    !small && series.length > 1 && div({ class: 'legend', 'aria-hidden': 'true' }, series.map((one, index) => div({ key: one.name, class: 'legend-entry' }, h(Key, { color: one.color, index }), one.name))),
    !small && h(Numbers, { title, x, series, unit, days }),
  );
}

function Key({ color, index }) {
  return div({ class: 'legend-key', style: { backgroundColor: color || `var(${COLOURS[index % COLOURS.length]})` } });
}

function Numbers({ title, x, series, unit, days }) {
  return details(
    { class: 'numbers' },
    summary(null, t('chart.numbers')),
    div(
      { class: 'table-box', tabIndex: 0, role: 'group', 'aria-label': title },
      table(
        null,
        thead(null, tr(null, th({ scope: 'col' }, t('chart.when')), series.map(one => th({ key: one.name, scope: 'col', class: 'number' }, one.name)))),
        tbody(null, x.map((at, row) => tr({ key: at }, th({ scope: 'row' }, days ? day(at * 1000, 'UTC') : h(Moment, { at: new Date(at * 1000).toISOString() })), series.map(one => td({ key: one.name, class: 'number' }, one.values[row] === null ? '–' : unit(one.values[row])))))),
      ),
    ),
  );
}

function optionsOf({ box, series, height, small, unit, stacked, days }) {
  const style = getComputedStyle(document.documentElement);
  const probe = document.createElement('i');
  box.append(probe);
  // Canvas knows no light-dark(): the browser is asked what the colour is at the moment.
  const color = value => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const ink = color('var(--ink-soft)');
  const line = color('var(--line)');
  const font = `11px ${style.fontFamily}`;
  const axis = { stroke: ink, font, grid: { stroke: line, width: 1 }, ticks: { show: false } };
  const options = {
    width: box.clientWidth || 300,
    height,
    legend: { show: false },
    tzDate: at => (days ? uPlot.tzDate(new Date(at * 1000), 'UTC') : new Date(at * 1000)),
    cursor: { show: !small, y: false, points: { size: 7 } },
    padding: small ? [4, 4, 4, 4] : [10, 12, 0, 0],
    scales: { x: { time: true, range: (_, min, max) => (series.some(one => one.bars) ? [min - BAR_S, max + BAR_S] : [min, max]) }, y: { range: (_, min, max) => [Math.min(0, min ?? 0), Math.max(1, (max ?? 0) * 1.08)] } },
    axes: [
      { ...axis, show: !small, grid: { show: false }, space: 70, size: 30, values: (_, ticks) => ticks.map(tick => day(tick * 1000, days ? 'UTC' : undefined)) },
      { ...axis, show: !small, size: 46, values: (_, ticks) => ticks.map(tick => (Number.isInteger(tick) || tick > 10 || unit !== number ? unit(tick) : '')) },
    ],
    series: [
      {},
      ...series.map((one, index) => {
        const stroke = color(one.color || `var(${COLOURS[index % COLOURS.length]})`);
        return { label: one.name, stroke, width: small ? 1.5 : 2, points: { show: false }, fill: one.bars || stacked ? translucent(stroke, stacked ? 0.75 : 0.8) : small ? translucent(stroke, 0.15) : undefined, paths: one.bars ? uPlot.paths.bars({ size: [0.38, 26], align: one.align ?? 0 }) : undefined };
      }),
    ],
    bands: stacked ? series.slice(1).map((_, index) => ({ series: [index + 2, index + 1] })) : undefined,
  };
  probe.remove();
  return options;
}

function summed(series) {
  const totals = [];
  for (const one of series) {
    const before = totals.at(-1);
    totals.push(one.values.map((value, index) => (value ?? 0) + (before ? before[index] : 0)));
  }
  return totals;
}

function translucent(rgb, alpha) {
  const parts = rgb.match(/[\d.]+/g);
  return `rgba(${parts[0]}, ${parts[1]}, ${parts[2]}, ${alpha})`;
}

