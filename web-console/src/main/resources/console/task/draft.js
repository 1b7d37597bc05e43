// What was typed and not yet saved: the fields that differ from the task, and nothing else. So only those are sent.

/** The draft with one more field; a field that is again as it was leaves it. */
export function merged(task, draft, field, value) {
  const { [field]: _, ...others } = draft;
  return same(value, valueOf(task, field)) ? others : { ...others, [field]: value };
}

/** What update wants to hear of the draft. The API takes an empty text for "not given": a blank clears a field. */
export function changesOf(task, draft) {
  return Object.fromEntries(
    Object.entries(draft).map(([field, value]) => [field, typeof value === 'string' && value.trim() === '' && valueOf(task, field) ? ' ' : value]),
  );
}

/** The fields of the draft that differ between two states of the task: what somebody else changed under one's hands. */
export function differing(before, after, draft) {
  return Object.keys(draft).filter(field => !same(valueOf(before, field), valueOf(after, field)));
}

/** As update takes it: files are ids. */
export function valueOf(task, field) {
  const value = task[field];
  return field === 'files' ? value.map(file => file.file_id ?? file) : value;
}

export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
