// The conditions of a query as people build them: a field, an operator, and a value of the kind that operator takes.
import { arrayOf, entriesOf, split } from '../ui/entries.js';
import { t } from '../ui/text.js';

export const FIELDS = ['name', 'status_id', 'status_type', 'priority', 'assignee', 'project_id', 'task_type_id', 'category_id', 'description', 'created_by', 'created_at', 'started_at', 'updated_at', 'completed_at', 'task_id', 'workspace_id', 'domain_id', 'files', 'data'];

/** What each operator takes: one value, several, yes or no, a text, an object, a time, a distance from now. */
export const OPERATORS = {
  eq: 'value',
  not: 'value',
  gt: 'value',
  gte: 'value',
  lt: 'value',
  lte: 'value',
  in: 'values',
  not_in: 'values',
  exists: 'boolean',
  contain: 'text',
  not_contain: 'text',
  contain_in: 'texts',
  not_contain_in: 'texts',
  match: 'object',
  regex: 'text',
  regex_in: 'texts',
  datetime_gt: 'time',
  datetime_gte: 'time',
  datetime_lt: 'time',
  datetime_lte: 'time',
  timediff_gt: 'distance',
  timediff_gte: 'distance',
  timediff_lt: 'distance',
  timediff_lte: 'distance',
};

export function empty() {
  return { k: 'name', o: 'contain', text: '' };
}

/** As it is sent. Where a value may be of any kind, what reads as JSON is JSON (3, true, null, "3"), the rest is text. */
export function sent({ k, o, text }) {
  switch (OPERATORS[o]) {
    case 'value':
      return { k, v: scalar(text), o };
    case 'values':
      return { k, v: arrayOf(text) ?? split(text).map(scalar), o };
    case 'texts':
      return { k, v: entriesOf(text), o };
    case 'boolean':
      return { k, v: text !== 'false', o };
    case 'object':
      return { k, v: parsed(text, {}), o };
    default:
      return { k, v: text.trim(), o };
  }
}

/** What is wrong with it in a sentence, before the service has to say so; empty where nothing is. */
export function problem({ k, o, text }) {
  if (!FIELDS.includes(k) && !/^data(\.[^.]+)+$/.test(k)) {
    return t('list.bad.key');
  }
  if (OPERATORS[o] === 'object' && typeof parsed(text, null) !== 'object') {
    return t('list.bad.object');
  }
  return '';
}

function scalar(text) {
  const value = parsed(text, text);
  return Array.isArray(value) ? text : value;
}

function parsed(text, otherwise) {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}
