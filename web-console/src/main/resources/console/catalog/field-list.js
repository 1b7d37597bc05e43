// The fields of a type, each with what kind of value it takes.
import { h, html, newId, useState } from '../ui/dom.js';
import { t } from '../ui/text.js';

const { button, div, fieldset, input, label, legend, li, option, p, select, span, ul } = html;

const KINDS = ['TEXT', 'PARAGRAPH', 'LABELS', 'DROPDOWN', 'DATE', 'USER', 'ASSET', 'PROJECT', 'PROVIDER', 'SERVICE_ACCOUNT'];
const CHOOSABLE = ['DROPDOWN', 'PROJECT', 'PROVIDER', 'SERVICE_ACCOUNT'];

export function FieldList({ fields, inherited, change }) {
  const set = (index, more) => change(fields.map((field, i) => (i === index ? { ...field, ...more } : field)));
  const swap = (index, other) => {
    const list = [...fields];
    [list[index], list[other]] = [list[other], list[index]];
    change(list);
  };
  return fieldset(
    { class: 'field-list' },
    legend(null, t('type.fields')),
    inherited.length > 0 && p({ class: 'fine' }, t('type.inherited', { fields: inherited.map(field => field.name).join(', ') })),
    fields.length === 0 && p({ class: 'fine' }, t('type.fields.none')),
    ul(
      null,
      fields.map((field, index) =>
        li({ key: field.field_id ?? `new-${index}`, class: 'field-row' }, h(OneField, { field, set: more => set(index, more), up: index > 0 && (() => swap(index, index - 1)), down: index < fields.length - 1 && (() => swap(index, index + 1)), remove: () => change(fields.filter((_, i) => i !== index)) })),
      ),
    ),
    button({ type: 'button', class: 'small', onClick: () => change([...fields, { name: '', field_type: 'TEXT', selection_type: 'SINGLE', is_required: false, is_primary: false, description: '', options: {} }]) }, t('type.field.add')),
  );
}

function OneField({ field, set, up, down, remove }) {
  const [id] = useState(() => newId('kind'));
  const choices = Array.isArray(field.options?.enums) ? field.options.enums.map(choice => choice.key ?? choice).join(', ') : '';
  const [text, setText] = useState(choices);
  const onChoices = event => {
    setText(event.target.value);
    const keys = event.target.value.split(',').map(key => key.trim()).filter(Boolean);
    set({ options: keys.length ? { ...field.options, enums: keys.map(key => ({ key, name: key })) } : {} });
  };
  return div(
    { class: 'field-parts' },
    input({ type: 'text', maxLength: 255, value: field.name, placeholder: t('field.name'), 'aria-label': t('type.field.name'), onInput: event => set({ name: event.target.value }) }),
    select({ id, value: field.field_type, 'aria-label': t('type.field.kind'), onChange: event => set({ field_type: event.target.value }) }, KINDS.map(kind => option({ value: kind, key: kind }, t(`kind.${kind}`)))),
    label({ class: 'default' }, input({ type: 'checkbox', checked: field.is_required, onChange: () => set({ is_required: !field.is_required }) }), span(null, t('type.field.required'))),
    CHOOSABLE.includes(field.field_type) && label({ class: 'default' }, input({ type: 'checkbox', checked: field.selection_type === 'MULTI', onChange: () => set({ selection_type: field.selection_type === 'MULTI' ? 'SINGLE' : 'MULTI' }) }), span(null, t('type.field.several'))),
    ['DROPDOWN', 'LABELS'].includes(field.field_type) && input({ type: 'text', class: 'field-choices', value: text, placeholder: t('type.field.choices'), 'aria-label': t('type.field.choices'), onInput: onChoices }),
    div(
      { class: 'status-keys' },
      button({ type: 'button', class: 'icon', disabled: !up, 'aria-label': t('status.up', { name: field.name }), onClick: up || undefined }, '↑'),
      button({ type: 'button', class: 'icon', disabled: !down, 'aria-label': t('status.down', { name: field.name }), onClick: down || undefined }, '↓'),
      button({ type: 'button', class: 'icon', 'aria-label': t('status.remove', { name: field.name }), onClick: remove }, '✕'),
    ),
  );
}
