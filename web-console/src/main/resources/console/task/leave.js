// A question before what was typed is lost.
import { h, html } from '../ui/dom.js';
import { Confirm } from '../ui/dialog.js';
import { t } from '../ui/text.js';

const { p } = html;

export function Leave({ fields, stay, leave }) {
  return h(Confirm, { title: t('task.leave'), action: t('task.leave.yes'), close: stay, confirm: leave }, fields && p(null, t('task.leave.why', { fields: fields.map(field => t(`field.${field}`)).join(', ') })));
}
