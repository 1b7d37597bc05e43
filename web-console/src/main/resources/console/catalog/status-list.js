// The statuses of one kind: name, colour, order, and which of them is the default.
import { h, html, newId, useState } from '../ui/dom.js';
import { t } from '../ui/text.js';

const { button, div, fieldset, input, label, legend, li, span, ul } = html;

export function StatusList({ type, statuses, color, change }) {
  const [group] = useState(() => newId('default'));
  const set = (index, more) => change(statuses.map((status, i) => (i === index ? { ...status, ...more } : status)));
  const swap = (index, other) => {
    const list = [...statuses];
    [list[index], list[other]] = [list[other], list[index]];
    change(list);
  };
  const remove = index => {
    const list = statuses.filter((_, i) => i !== index);
    change(list.some(status => status.is_default) ? list : list.map((status, i) => ({ ...status, is_default: i === 0 })));
  };
  return fieldset(
    { class: 'status-list' },
    legend(null, t(`status.${type}`)),
    ul(
      null,
      statuses.map((status, index) =>
        li(
          { key: status.status_id ?? `new-${index}`, class: 'status-row' },
          input({ type: 'color', value: /^#[0-9a-f]{6}$/i.test(status.color) ? status.color : '#888888', 'aria-label': t('status.color', { name: status.name }), onInput: event => set(index, { color: event.target.value }) }),
          input({ type: 'text', maxLength: 255, value: status.name, 'aria-label': t('status.name'), onInput: event => set(index, { name: event.target.value }) }),
          label(
            { class: 'default', title: t('status.default.hint') },
            input({ type: 'radio', name: group, checked: status.is_default, onChange: () => change(statuses.map((one, i) => ({ ...one, is_default: i === index }))) }),
            span(null, t('status.default')),
          ),
          div(
            { class: 'status-keys' },
            button({ type: 'button', class: 'icon', disabled: index === 0, 'aria-label': t('status.up', { name: status.name }), onClick: () => swap(index, index - 1) }, '↑'),
            button({ type: 'button', class: 'icon', disabled: index === statuses.length - 1, 'aria-label': t('status.down', { name: status.name }), onClick: () => swap(index, index + 1) }, '↓'),
            button({ type: 'button', class: 'icon', disabled: statuses.length === 1, 'aria-label': t('status.remove', { name: status.name }), onClick: () => remove(index) }, '✕'),
          ),
        ),
      ),
    ),
    button({ type: 'button', class: 'small', onClick: () => change([...statuses, { name: '', color, is_default: false }]) }, t('status.add')),
  );
}
