// The questions that the charts ask.

const DAY_MS = 86_400_000;
const MOST_POINTS = 30;

const inCategory = id => ({ k: 'category_id', v: id, o: 'eq' });
const since = (field, range) => ({ k: field, v: startOf(range).toISOString(), o: 'datetime_gte' });
const count = { n: 'count', o: 'count' };

/** How many tasks were open at a moment, by status. */
export function openRequest(at, category) {
  return {
    verb: 'task/stat_at',
    body: { at, query: { filter: [inCategory(category), { k: 'status_type', v: 'COMPLETED', o: 'not' }], aggregate: [{ group: { keys: [{ k: 'status_id', n: 'status_id' }], fields: [count] } }] } },
  };
}

/** How many were created, or completed, on each day (UTC). */
export function dayCountsRequest(field, range, category) {
  return {
    verb: 'task/stat',
    body: {
      query: {
        filter: [inCategory(category), since(field, range)],
        aggregate: [{ group: { keys: [{ k: field, n: 'day', date_format: '%Y-%m-%d' }], fields: [count] } }, { sort: [{ key: 'day' }] }],
      },
    },
  };
}

/** When each task was created and completed: the query language has no quantiles, so the page takes them itself. */
export function completionsRequest(range, category) {
  return {
    verb: 'task/stat',
    body: {
      query: {
        filter: [inCategory(category), since('completed_at', range)],
        aggregate: [
          { sort: [{ key: 'completed_at', desc: true }] },
          { limit: 10_000 },
          {
            project: {
              fields: [
                { k: 'created_at', n: 'created' },
                { k: 'completed_at', n: 'completed' },
                { k: 'task_type_id', n: 'type' },
              ],
            },
          },
        ],
      },
    },
  };
}

export function assigneesRequest(category) {
  return {
    verb: 'task/stat',
    body: {
      query: {
        filter: [inCategory(category)],
        aggregate: [
          {
            group: {
              keys: [
                { k: 'assignee', n: 'assignee' },
                { k: 'status_type', n: 'status_type' },
              ],
              fields: [count],
            },
          },
        ],
      },
    },
  };
}

/** Equally far apart, from the beginning of the range until now. */
export function moments(range) {
  const now = Date.now();
  const points = Math.min(MOST_POINTS, Math.max(range, 14));
  return Array.from({ length: points }, (_, index) => new Date(now - ((points - 1 - index) * range * DAY_MS) / (points - 1)).toISOString());
}

/** The first moments of the days of the range (UTC), in seconds. */
export function days(range) {
  const first = startOf(range).getTime();
  return Array.from({ length: range }, (_, index) => (first + index * DAY_MS) / 1000);
}

/** @param sorted ascending */
export function quantile(sorted, share) {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

function startOf(range) {
  return new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - (range - 1) * DAY_MS);
}
