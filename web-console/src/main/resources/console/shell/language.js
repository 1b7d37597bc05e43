// The language, to choose: before one has signed in, and after.
import { html } from '../ui/dom.js';
import { changeLanguage, language, t } from '../ui/text.js';

const { label, option, select, span } = html;

export function Language() {
  return label(
    { class: 'language' },
    span({ class: 'unseen' }, t('language')),
    select({ value: language, onChange: event => changeLanguage(event.target.value) }, option({ value: 'en', lang: 'en' }, 'English'), option({ value: 'ko', lang: 'ko' }, '한국어')),
  );
}
