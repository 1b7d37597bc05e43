// Every operator of the query language, a row for each condition.
import { h, html } from '../ui/dom.js';
import { t } from '../ui/text.js';
import { catalog, PRIORITIES, STATUS_TYPES, statusesOf } from '../api/catalog.js';
import { empty, FIELDS, OPERATORS, problem } from './conditions.js';

const { button, datalist, div, fieldset, input, legend, option, p, select } = html;

/** @param mode 'all' or 'any': and-ed or or-ed */
export function FilterBuilder({ mode, conditions, change }) {
  const set = (index, value) => change(conditions.map((condition, i) => (i === index ? { ...condition, ...value } : condition)));
  return fieldset(
    { class: 'conditions' },
    legend(null, t(`list.${mode}`)),
    conditions.map((condition, index) => h(Condition, { key: index, mode, index, condition, set: value => set(index, value), remove: () => change(conditions.filter((_, i) => i !== index)) })),
    button({ type: 'button', class: 'small', onClick: () => change([...conditions, empty()]) }, t('list.add')),
  );
}

function Condition({ mode, index, condition, set, remove }) {
  const wrong = problem(condition);
  const id = `${mode}-${index}`;
  return div(
    { class: 'condition' },
    input({ type: 'text', list: `${id}-keys`, value: condition.k, 'aria-label': t('list.key'), 'aria-invalid': wrong ? 'true' : undefined, spellcheck: false, onInput: event => set({ k: event.target.value.trim() }) }),
    datalist({ id: `${id}-keys` }, FIELDS.map(field => option({ value: field, key: field }, t(`field.${field}`)))),
    select({ value: condition.o, 'aria-label': t('list.operator'), onChange: event => set({ o: event.target.value }) }, Object.keys(OPERATORS).map(operator => option({ value: operator, key: operator }, t(`operator.${operator}`)))),
    h(Value, { id, condition, set }),
    button({ type: 'button', class: 'icon', 'aria-label': t('list.remove', { n: index + 1 }), onClick: remove }, '✕'),
    wrong && p({ class: 'fine failed' }, wrong),
  );
}

function Value({ id, condition: { k, o, text }, set }) {
  const onInput = event => set({ text: event.target.value });
  const label = t('list.value');
  if (OPERATORS[o] === 'boolean') {
    return select({ value: text === 'false' ? 'false' : 'true', 'aria-label': label, onChange: onInput }, option({ value: 'true' }, t('yes')), option({ value: 'false' }, t('no')));
  }
  const known = suggestions(k);
  return div(
    { class: 'condition-value' },
    input({ type: 'text', value: text, 'aria-label': label, placeholder: t(`list.hint.${OPERATORS[o]}`), list: known.length ? `${id}-values` : undefined, spellcheck: false, onInput }),
    known.length > 0 && datalist({ id: `${id}-values` }, known.map(({ value, name }) => option({ value, key: value }, name))),
  );
}

/** Ids are easier to choose than to type. */
function suggestions(key) {
  const { categories, types } = catalog.value;
  switch (key) {
    case 'status_id':
      return categories.flatMap(category => statusesOf(category).map(status => ({ value: status.status_id, name: `${status.name} (${category.name})` })));
    case 'status_type':
      return STATUS_TYPES.map(value => ({ value, name: value }));
    case 'priority':
      return PRIORITIES.map(value => ({ value, name: t(`priority.${value}`) }));
    case 'task_type_id':
      return types.map(type => ({ value: type.task_type_id, name: type.name }));
    case 'category_id':
      return categories.map(category => ({ value: category.category_id, name: category.name }));
    default:
      return [];
  }
}
