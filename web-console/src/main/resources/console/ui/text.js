// All words the page shows come from text/en.js and text/ko.js. A message may hold {names}, and two forms, one | many,
// of which {n} chooses.
const KEY = 'opsflow.language';
const LANGUAGES = { en: () => import('../text/en.js'), ko: () => import('../text/ko.js') };

let messages = {};
let plural = new Intl.PluralRules('en');
export let language = 'en';

/** The reader's choice, else what the browser asks for, else English. */
export async function chooseLanguage() {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages.map(tag => tag.split('-')[0])];
  language = wanted.find(tag => tag in LANGUAGES) ?? 'en';
  messages = (await LANGUAGES[language]()).default;
  plural = new Intl.PluralRules(language);
  document.documentElement.lang = language;
}

/** Keeps the choice and starts the page again: texts are everywhere. */
export function changeLanguage(tag) {
  localStorage.setItem(KEY, tag);
  location.reload();
}

export function t(key, values = {}) {
  let message = messages[key];
  if (message === undefined) {
    return key;
  }
  if (message.includes(' | ')) {
    const forms = message.split(' | ');
    message = plural.select(values.n) === 'one' ? forms[0] : forms[1];
  }
  return message.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === 'number' ? number(values[name]) : values[name] ?? ''));
}

export function has(key) {
  return key in messages;
}

export function number(value, digits = 0) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** JSON to read: indented, and cut where it is endless. */
export function json(value) {
  return JSON.stringify(value, null, 2);
}
