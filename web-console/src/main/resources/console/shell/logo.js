import { html } from '../ui/dom.js';

const { path, rect, svg } = html;

export function Logo() {
  return svg(
    { viewBox: '0 0 32 32', class: 'logo', 'aria-hidden': 'true' },
    rect({ width: 32, height: 32, rx: 8, fill: '#3257d6' }),
    path({ d: 'M8 10h7M8 16h11M8 22h5', stroke: '#fff', 'stroke-width': 3, 'stroke-linecap': 'round' }),
    path({ d: 'm20 21 3 3 5-7', fill: 'none', stroke: '#9fd8b4', 'stroke-width': 3, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }),
  );
}
