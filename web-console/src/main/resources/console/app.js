// The entry: chooses the language and draws the page.
import { h, render } from './ui/dom.js';
import { chooseLanguage } from './ui/text.js';
import { Shell } from './shell/shell.js';

await chooseLanguage();
render(h(Shell), document.getElementById('app'));
