// A task's data: a form made from the fields of its type, and as JSON whatever else it holds.
import { h, html, newId, useEffect, useState } from '../ui/dom.js';
import { entriesOf, lineOf } from '../ui/entries.js';
import { json, t } from '../ui/text.js';
import { parseExactly } from '../api/digits.js';
import { same } from './draft.js';

const { details, div, input, label, option, p, select, span, summary, textarea } = html;

const LISTS = ['LABELS', 'DROPDOWN', 'USER', 'ASSET'];
const EITHER = ['PROJECT', 'PROVIDER', 'SERVICE_ACCOUNT'];

export function DataForm({ data, fields, change }) {
  const known = new Set(fields.map(field => field.field_id));
  const others = Object.fromEntries(Object.entries(data).filter(([key]) => !known.has(key)));
  const set = (key, value) => {
    const { [key]: _, ...rest } = data;
    change(value === undefined ? rest : { ...data, [key]: value });
  };
  const setOthers = value => change({ ...Object.fromEntries(Object.entries(data).filter(([key]) => known.has(key))), ...value });
  return div(
    { class: 'data-form wide' },
    fields.map(field => h(DataField, { key: field.field_id, field, value: data[field.field_id], set: value => set(field.field_id, value) })),
    h(OtherData, { value: others, set: setOthers }),
  );
}

function DataField({ field, value, set }) {
  const [id] = useState(() => newId('data'));
  const help = field.description ? `${id}-help` : undefined;
  return div(
    { class: `field ${field.field_type === 'PARAGRAPH' ? 'wide' : ''}` },
    label({ for: id, class: field.is_required ? 'required' : '' }, field.name),
    h(DataInput, { id, field, value, set, help }),
    help && p({ id: help, class: 'fine' }, field.description),
  );
}

function DataInput({ id, field, value, set, help }) {
  const common = { id, 'aria-describedby': help };
  const choices = choicesOf(field);
  const many = LISTS.includes(field.field_type) ? field.field_type !== 'DROPDOWN' || field.selection_type === 'MULTI' : field.selection_type === 'MULTI';
  switch (field.field_type) {
    case 'TEXT':
      return input({ ...common, type: 'text', value: value ?? '', onInput: event => set(event.target.value || undefined) });
    case 'PARAGRAPH':
      return textarea({ ...common, rows: 4, value: value ?? '', onInput: event => set(event.target.value || undefined) });
    case 'DATE':
      return input({ ...common, type: 'datetime-local', value: toLocal(value), onInput: event => set(event.target.value ? new Date(event.target.value).toISOString() : undefined) });
    case 'DROPDOWN':
      return many
        ? h(ListInput, { common, value, set, choices })
        : select(
            { ...common, value: value?.[0] ?? '', onChange: event => set(event.target.value ? [event.target.value] : undefined) },
            option({ value: '' }, '–'),
            [...new Set([...choices.map(choice => choice.key), ...(value ?? [])])].map(key => option({ value: key, key }, choices.find(choice => choice.key === key)?.name ?? key)),
          );
    default:
      return EITHER.includes(field.field_type) && !many
        ? input({ ...common, type: 'text', value: value ?? '', onInput: event => set(event.target.value || undefined) })
        : h(ListInput, { common, value, set, choices });
  }
}

/** Several texts in one line, with commas between them. */
function ListInput({ common, value, set, choices }) {
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const [text, setText] = useState(lineOf(list));
  useEffect(() => {
    if (!same(entriesOf(text), list)) {
      setText(lineOf(list));
    }
  }, [JSON.stringify(list)]);
  const onInput = event => {
    setText(event.target.value);
    const entries = entriesOf(event.target.value);
    set(entries.length ? entries : undefined);
  };
  return div(null, input({ ...common, type: 'text', class: 'full', value: text, placeholder: t('data.list'), onInput }), choices.length > 0 && span({ class: 'fine' }, choices.map(choice => choice.key).join(', ')));
}

function OtherData({ value, set }) {
  const [text, setText] = useState(json(value));
  const [problem, setProblem] = useState('');
  const [id] = useState(() => newId('json'));
  useEffect(() => {
    if (!problem && !same(parseExactly(text || '{}'), value)) {
      setText(json(value));
    }
  }, [JSON.stringify(value)]);
  const onInput = event => {
    setText(event.target.value);
    try {
      const parsed = parseExactly(event.target.value || '{}');
      if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
        throw new SyntaxError(t('data.object'));
      }
      setProblem('');
      event.target.setCustomValidity('');
      set(parsed);
    } catch (e) {
      setProblem(e.message);
      event.target.setCustomValidity(t('data.no.json', { problem: e.message }));
    }
  };
  const count = Object.keys(value).length;
  return details(
    { class: 'wide other-data', open: count > 0 },
    summary(null, t('data.others', { n: count })),
    label({ for: id, class: 'unseen' }, t('data.others', { n: count })),
    textarea({ id, class: 'mono', rows: Math.min(12, text.split('\n').length + 1), value: text, spellcheck: false, 'aria-invalid': problem ? 'true' : undefined, onInput }),
    problem && p({ class: 'failed fine', role: 'alert' }, t('data.no.json', { problem })),
  );
}

/** Options come as { enums: [{ key, name }] }, { enums: ['a'] } or a list by another name; what is none is no choice. */
function choicesOf(field) {
  const list = Object.values(field.options ?? {}).find(Array.isArray) ?? [];
  return list.map(entry => (typeof entry === 'object' && entry !== null ? { key: String(entry.key ?? entry.value ?? entry.name), name: String(entry.name ?? entry.key) } : { key: String(entry), name: String(entry) }));
}

function toLocal(value) {
  const date = new Date(value ?? NaN);
  return Number.isNaN(date.getTime()) ? '' : new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
