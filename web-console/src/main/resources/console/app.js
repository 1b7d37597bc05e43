// The entry: chooses the language, takes a sign-in code out of the address, and draws the page.
import { h, render } from './ui/dom.js';
import { chooseLanguage } from './ui/text.js';
import { takeCode } from './api/session.js';
import { Shell } from './shell/shell.js';

await chooseLanguage();
const code = takeCode();
render(h(Shell, { code }), document.getElementById('app'));
