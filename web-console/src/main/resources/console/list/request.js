// The request behind a view, to learn from and to take along.
import { h, html } from '../ui/dom.js';
import { copy } from '../ui/notice.js';
import { json, t } from '../ui/text.js';
import { curl } from '../api/client.js';

const { button, code, details, div, h3, pre, span, summary } = html;

/** @param requests [{ verb, body, title? }] */
export function Requests({ requests }) {
  return details(
    { class: 'requests' },
    summary(null, t('request.show', { n: requests.length })),
    requests.map(({ verb, body, title }, index) =>
      div(
        { class: 'request', key: index },
        title && h3(null, title),
        div(
          { class: 'row spread' },
          code(null, `POST /opsflow/v1/${verb}`),
          span(
            { class: 'row' },
            button({ type: 'button', class: 'small', onClick: () => copy(json(body)) }, t('request.copy')),
            button({ type: 'button', class: 'small', onClick: () => copy(curl(verb, body)) }, t('request.copy.curl')),
          ),
        ),
        pre({ tabIndex: 0, 'aria-label': verb, role: 'group' }, json(body)),
        index === 0 && pre({ tabIndex: 0, 'aria-label': 'curl', role: 'group' }, curl(verb, body)),
      ),
    ),
  );
}
