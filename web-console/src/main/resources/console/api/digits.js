// A number in a task's data has the digits that were sent, maybe more than JavaScript's numbers hold. What would lose
// some stays as it is written, so that it is shown and sent back as it came. Browsers that cannot do that round it.

export function parseExactly(text) {
  return JSON.rawJSON ? JSON.parse(text, (_, value, { source }) => (typeof value === 'number' && String(value) !== source ? JSON.rawJSON(source) : value)) : JSON.parse(text);
}
