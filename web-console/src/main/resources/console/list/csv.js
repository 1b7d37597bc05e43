// What is shown, as a file that spreadsheets open.

/** @param columns [{ key, title, text: task => string }] */
export function download(columns, tasks) {
  const lines = [columns.map(column => cell(column.title)), ...tasks.map(task => columns.map(column => cell(column.text(task))))];
  const file = new Blob(['\ufeff', lines.map(line => line.join(',')).join('\r\n'), '\r\n'], { type: 'text/csv;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'tasks.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A spreadsheet runs what begins like a formula: an apostrophe keeps it a text. */
export function cell(text) {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`; // always: which sign separates cells is a matter of the reader's country
}
