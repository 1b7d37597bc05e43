// The task as it was at any version: the slider asks get_at.
import { h, html, useEffect, useRef } from '../ui/dom.js';
import { Moment } from '../ui/time.js';
import { tellFailure } from '../ui/notice.js';
import { t } from '../ui/text.js';
import { read } from '../api/client.js';

const { button, div, input, label, span } = html;

export function VersionSlider({ id, history, past, setPast, deleted }) {
  const newest = history?.results.at(0)?.version ?? 0;
  const last = deleted ? newest - 1 : newest;
  const wanted = past?.wanted ?? last;
  const latest = useRef();
  latest.current = past?.wanted; // at once: an answer may come before the effect
  useEffect(() => {
    if (past?.wanted === past?.version) {
      return;
    }
    if (past.wanted >= last && !deleted) {
      setPast(null);
      return;
    }
    read('task/get_at', { task_id: id, version: past.wanted }).then(
      // A slider is quicker than a network: only the version wanted last is shown.
      ({ body, version }) => latest.current === version && setPast({ task: body, version, wanted: version }),
      tellFailure,
    );
  }, [past?.wanted]);
  if (last < 1) {
    return null;
  }
  return div(
    { class: `version ${past ? 'on' : ''}` },
    div(
      { class: 'row spread' },
      label({ for: 'version' }, t('version.slider')),
      past && button({ type: 'button', class: 'small', onClick: () => setPast(null) }, t('version.now')),
    ),
    input({ id: 'version', type: 'range', min: 0, max: last, step: 1, value: wanted, 'aria-valuetext': t('version.text', { n: wanted }), onInput: event => setPast({ ...past, wanted: Number(event.target.value) }) }),
    div({ class: 'fine' }, past?.task ? [t('version.at', { n: past.version }), ' · ', h(Moment, { at: past.task.updated_at })] : span(null, t('version.is.now', { n: last }))),
  );
}
