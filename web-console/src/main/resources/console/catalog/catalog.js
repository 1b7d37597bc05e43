// The catalog, for admins: categories with their statuses, and the types of tasks with their fields.
import { h, html, useRef, useState } from '../ui/dom.js';
import { Empty } from '../ui/notice.js';
import { useStore } from '../ui/store.js';
import { t } from '../ui/text.js';
import { catalog, statusesOf } from '../api/catalog.js';
import { change, route } from '../shell/route.js';
import { Leave } from '../task/leave.js';
import { CategoryEditor } from './category-editor.js';
import { TypeEditor } from './type-editor.js';

const { button, div, h1, h2, li, nav, p, section, span, ul } = html;

export function Catalog() {
  const { categories, types } = useStore(catalog);
  const { values } = useStore(route);
  const [making, setMaking] = useState(null);
  const shown = categories.filter(category => category.state !== 'DELETED');
  const category = shown.find(one => one.category_id === values.get('category')) ?? shown[0];
  const type = types.find(one => one.task_type_id === values.get('type') && one.category_id === category?.category_id);
  const own = category ? types.filter(one => one.category_id === category.category_id) : [];
  const unsaved = useRef(false);
  const report = dirty => (unsaved.current = dirty);
  const [leaving, setLeaving] = useState(null);
  const leave = action => (unsaved.current ? setLeaving({ action }) : action());
  const choose = chosen => {
    setMaking(null);
    change(chosen);
  };

  return div(
    { class: 'catalog-view' },
    h1(null, t('view.catalog')),
    div(
      { class: 'catalog-columns' },
      nav(
        { class: 'catalog-nav panel-box', 'aria-label': t('catalog.categories') },
        div({ class: 'row spread' }, h2(null, t('catalog.categories')), button({ type: 'button', class: 'small', onClick: () => leave(() => setMaking('category')) }, t('catalog.new'))),
        shown.length === 0 && p({ class: 'fine' }, t('catalog.none')),
        ul(
          null,
          shown.map(one =>
            li(
              { key: one.category_id },
              button(
                { type: 'button', class: 'catalog-choice', 'aria-current': one === category && !making ? 'true' : undefined, onClick: () => leave(() => choose({ category: one.category_id, type: null })) },
                span({ class: 'catalog-name' }, one.name),
                span({ class: 'dots', 'aria-hidden': 'true' }, statusesOf(one).map(status => span({ key: status.status_id, class: 'status-dot', style: { backgroundColor: status.color || undefined } }))),
              ),
            ),
          ),
        ),
        category &&
          section(
            { 'aria-label': t('catalog.types') },
            div({ class: 'row spread' }, h2(null, t('catalog.types')), button({ type: 'button', class: 'small', onClick: () => leave(() => setMaking('type')) }, t('catalog.new.type'))),
            own.length === 0 && p({ class: 'fine' }, t('catalog.types.none')),
            ul(
              null,
              own.map(one =>
                li({ key: one.task_type_id }, button({ type: 'button', class: 'catalog-choice', 'aria-current': one === type && !making ? 'true' : undefined, onClick: () => leave(() => choose({ category: category.category_id, type: one.task_type_id })) }, one.name)),
              ),
            ),
          ),
      ),
      making === 'category'
        ? h(CategoryEditor, { key: 'new', category: null, report, done: made => choose({ category: made ?? category?.category_id ?? null, type: null }) })
        : making === 'type'
          ? h(TypeEditor, { key: 'new-type', type: null, category, report, done: made => choose({ category: category.category_id, type: made ?? null }) })
          : type
            ? h(TypeEditor, { key: type.task_type_id, type, category, report, done: () => choose({ type: null }) })
            : category
              ? h(CategoryEditor, { key: category.category_id, category, report, done: () => choose({ category: null, type: null }) })
              : h(Empty, { title: t('catalog.none') }, p(null, t('catalog.none.hint'))),
    ),
    leaving &&
      h(Leave, {
        stay: () => setLeaving(null),
        leave: () => {
          setLeaving(null);
          leaving.action();
        },
      }),
  );
}
