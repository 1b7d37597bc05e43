// Several entries in one line: with commas between them, or as a JSON array where one has a comma itself.

/** @returns the array that the text is in JSON; null where it is none */
export function arrayOf(text) {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

export function split(text) {
  return text.split(',').map(entry => entry.trim()).filter(Boolean);
}

export function entriesOf(text) {
  return arrayOf(text) ?? split(text);
}

/** So that entriesOf() gives the same entries again. */
export function lineOf(entries) {
  const line = entries.join(', ');
  return JSON.stringify(entriesOf(line)) === JSON.stringify(entries) ? line : JSON.stringify(entries);
}
