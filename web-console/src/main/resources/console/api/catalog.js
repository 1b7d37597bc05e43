// Categories and types: small, needed everywhere, so read once and kept until somebody changes them.
import { Store } from '../ui/store.js';
import { read } from './client.js';
import { identity, session } from './session.js';

export const STATUS_TYPES = ['TODO', 'IN_PROGRESS', 'COMPLETED'];
export const PRIORITIES = ['HIGH', 'MEDIUM', 'LOW'];

const MOST = { page: { limit: 1000 }, sort: [{ key: 'created_at' }] };

/** { categories, types, loaded, error }; deleted categories are among them: their tasks are still there. */
export const catalog = new Store(unread());

function unread() {
  return { categories: [], types: [], loaded: false, error: null };
}

export async function loadCatalog() {
  try {
    const [categories, types] = await Promise.all([
      read('task-category/list', { query: MOST, include_deleted: true }),
      read('task-type/list', { query: MOST }),
    ]);
    const found = { categories: categories.body.results, types: types.body.results, loaded: true, error: null };
    if (JSON.stringify(found) !== JSON.stringify(catalog.value)) {
      catalog.set(found);
    }
  } catch (error) {
    // What was read once is good enough to go on with, and another person reads anew.
    if (error.name !== 'AbortError' && !catalog.value.categories.length) {
      catalog.set({ ...catalog.value, loaded: true, error });
    }
  }
}

export function categoryOf(id) {
  return catalog.value.categories.find(category => category.category_id === id);
}

export function typeOf(id) {
  return catalog.value.types.find(type => type.task_type_id === id);
}

/** A category's statuses in its order, each with the list that holds it. */
export function statusesOf(category) {
  return category ? STATUS_TYPES.flatMap(type => category.status_options[type].map(status => ({ ...status, type }))) : [];
}

export function statusOf(id) {
  for (const category of catalog.value.categories) {
    const found = statusesOf(category).find(status => status.status_id === id);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** The name of a status, or its id where nobody knows it any more. */
export function statusName(id) {
  return statusOf(id)?.name ?? id;
}

/** The fields that tasks of a type have in their data: its category's, then its own. */
export function fieldsOf(type) {
  return type ? [...(categoryOf(type.category_id)?.fields ?? []), ...type.fields] : [];
}

/** The values that a field has in the tasks of a category. */
export async function distinct(categoryId, field) {
  const { body } = await read('task/stat', { query: { distinct: field, filter: [{ k: 'category_id', v: categoryId, o: 'eq' }], page: { limit: 200 } } });
  return body.results.map(String).filter(Boolean);
}

let reader = identity(session.value.person);
session.subscribe(({ person }) => {
  if (identity(person) !== reader) {
    reader = identity(person);
    catalog.set(unread());
  }
});
