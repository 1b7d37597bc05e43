// Which tasks one wants to see: by project, type, assignee, priority and keyword, as chips, and in the address.
import { h, html, useEffect, useRef, useState } from '../ui/dom.js';
import { Menu } from '../ui/dialog.js';
import { Failure } from '../ui/notice.js';
import { t } from '../ui/text.js';
import { catalog, distinct, PRIORITIES, typeOf } from '../api/catalog.js';
import { change, route } from '../shell/route.js';
import { useStore } from '../ui/store.js';

const { button, div, input, label, span } = html;

/** By their names in the address. */
const FIELDS = { project: 'project_id', type: 'task_type_id', assignee: 'assignee', priority: 'priority' };

/** The address's filters as conditions of the query language. Nobody as assignee is an unset one. */
export function conditionsOf(values) {
  return Object.entries(FIELDS)
    .filter(([name]) => values.has(name))
    .map(([name, key]) => ({ k: key, v: values.getAll(name).map(value => (value === '-' ? null : value)), o: 'in' }));
}

export function Filters({ category, children }) {
  const { values } = useStore(route);
  const types = catalog.value.types.filter(type => type.category_id === category);
  const chips = ['q', ...Object.keys(FIELDS)].flatMap(name => values.getAll(name).map(value => ({ name, value })));
  return div(
    { class: 'filters', role: 'search', 'aria-label': t('filters') },
    h(Keyword, { value: values.get('q') ?? '' }),
    h(FilterMenu, { name: 'priority', options: async () => PRIORITIES }),
    h(FilterMenu, { name: 'assignee', options: async () => ['-', ...(await distinct(category, 'assignee'))] }),
    h(FilterMenu, { name: 'project', options: () => distinct(category, 'project_id') }),
    h(FilterMenu, { name: 'type', options: async () => types.map(type => type.task_type_id) }),
    chips.map(({ name, value }) =>
      button(
        {
          type: 'button',
          class: 'chip',
          key: `${name} ${value}`,
          'aria-label': t('filter.remove', { filter: wordsOf(name, value) }),
          onClick: () => change({ [name]: values.getAll(name).filter(other => other !== value) }),
        },
        span(null, wordsOf(name, value)),
        span({ class: 'chip-x', 'aria-hidden': 'true' }, '✕'),
      ),
    ),
    chips.length > 1 &&
      button({ type: 'button', class: 'quiet', onClick: () => change({ q: null, ...Object.fromEntries(Object.keys(FIELDS).map(name => [name, null])) }) }, t('filters.clear')),
    children,
  );
}

function Keyword({ value }) {
  const [text, setText] = useState(value);
  const own = useRef(value); // what this field has put into the address: who writes on is not overwritten by it
  useEffect(() => {
    if (value !== own.current) {
      own.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text.trim() === own.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      own.current = text.trim();
      change({ q: own.current }, { replace: true });
    }, 250);
    return () => clearTimeout(timer);
  }, [text]);
  return input({ type: 'search', class: 'keyword', value: text, placeholder: t('filter.keyword'), 'aria-label': t('filter.keyword'), onInput: event => setText(event.target.value) });
}

function FilterMenu({ name, options }) {
  const chosen = route.value.values.getAll(name);
  const title = chosen.length ? `${t(`filter.${name}`)} · ${chosen.length}` : t(`filter.${name}`);
  return h(Menu, { label: title, kind: `filter ${chosen.length ? 'on' : ''}` }, h(Options, { name, options, chosen }));
}

function Options({ name, options, chosen }) {
  const [found, setFound] = useState(null);
  const [error, setError] = useState(null);
  useEffect(() => {
    options().then(setFound, setError);
  }, []);
  if (error) {
    return h(Failure, { error });
  }
  if (!found) {
    return div({ class: 'fine' }, t('loading'));
  }
  const all = [...new Set([...chosen, ...found])];
  return div(
    { class: 'options' },
    all.length === 0 && span({ class: 'fine' }, t('filter.nothing')),
    all.map(value =>
      label(
        { class: 'option', key: value },
        input({
          type: 'checkbox',
          checked: chosen.includes(value),
          onChange: () => change({ [name]: chosen.includes(value) ? chosen.filter(other => other !== value) : [...chosen, value] }),
        }),
        span(null, nameOf(name, value)),
      ),
    ),
  );
}

function wordsOf(name, value) {
  return `${t(`filter.${name === 'q' ? 'keyword' : name}`)}: ${nameOf(name, value)}`;
}

function nameOf(name, value) {
  if (name === 'priority') {
    return t(`priority.${value}`);
  }
  if (name === 'type') {
    return typeOf(value)?.name ?? value;
  }
  return name === 'assignee' && value === '-' ? t('nobody') : value;
}
