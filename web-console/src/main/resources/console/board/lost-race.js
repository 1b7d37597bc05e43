// Somebody was faster: what they did, and whether one's own move is still wanted.
import { h, html } from '../ui/dom.js';
import { Dialog } from '../ui/dialog.js';
import { Ago } from '../ui/time.js';
import { t } from '../ui/text.js';
import { statusName } from '../api/catalog.js';

const { button, div, p, strong } = html;

export function LostRace({ lost, close, insist }) {
  const { now, change, seen, statusId } = lost;
  return h(
    Dialog,
    { title: t('race.title'), close },
    div(
      { class: 'dialog-body' },
      p(null, strong(null, now.name)),
      p(null, t('race.other', { who: change?.by ?? '', status: statusName(now.status_id) }), ' ', change && h(Ago, { at: change.at })),
      p(null, t('race.own', { from: statusName(seen.status_id), to: statusName(statusId) })),
    ),
    div(
      { class: 'dialog-foot' },
      button({ type: 'button', onClick: close }, t('race.leave', { status: statusName(now.status_id) })),
      button(
        {
          type: 'button',
          class: 'primary',
          onClick: () => {
            close();
            insist();
          },
        },
        t('race.insist', { status: statusName(statusId) }),
      ),
    ),
  );
}
