-- Which generations of the read model there are. Each stands in a schema of its own; they are made, filled, exchanged and
-- dropped, while this stays.

create table generation (
    generation_id bigint generated always as identity primary key,
    layout        text        not null, -- of its tables; processes of another version may have another one
    state         text        not null check (state in ('LIVE', 'BUILDING')),
    requested_by  text        not null,
    requested_at  timestamptz not null default now(),
    live_since    timestamptz
);

-- Of a layout one generation is read, and at most one is built.
create unique index generation_of_layout on generation (layout, state);

-- How far a build has come, as its builder says it.
create table build_progress (
    generation_id     bigint primary key,
    phase             text        not null, -- LOADING, INDEXING or CATCHING_UP
    events            bigint      not null, -- applied so far
    events_total      bigint      not null, -- on the topic
    events_per_second double precision,     -- since the builder took it up; null before it can tell
    reported_at       timestamptz not null default now()
);
