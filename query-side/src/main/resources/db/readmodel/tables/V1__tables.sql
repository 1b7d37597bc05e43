-- One generation of the read model: what get, list and stat read, the log of all events, the past, and how far it came.
-- No schema is named here: each generation stands in one of its own. A generation is filled before its other indexes are
-- made (the folder indexes), as that is many times faster than keeping them up to date meanwhile.
--
-- Texts compare by code point on every server, whatever locale its database was made with: hence pg_c_utf8 everywhere.
-- The large tables are not looked after while they are filled: most of their rows are only added, and the indexes would
-- have to wait for who tidies up (the scripts of the indexes end this).
-- Large tables begin with what has a fixed length and what is indexed, as a row is read from its beginning. What is unset
-- is null. Rows of what was deleted stay as tombstones, so that a late or repeated event finds its version.

create extension if not exists pg_trgm with schema public;

create table task (
    task_id      text collate pg_c_utf8 primary key,
    version      bigint         not null, -- the number of its last event, from 0
    created_at   timestamptz(3) not null,
    updated_at   timestamptz(3) not null,
    deleted      boolean        not null default false,
    domain_id    text collate pg_c_utf8 not null,
    workspace_id text collate pg_c_utf8 not null,
    project_id   text collate pg_c_utf8 not null,
    category_id  text collate pg_c_utf8 not null,
    task_type_id text collate pg_c_utf8 not null,
    status_id    text collate pg_c_utf8 not null,
    status_type  text collate pg_c_utf8 not null,
    priority     text collate pg_c_utf8 not null,
    created_by   text collate pg_c_utf8 not null,
    assignee     text collate pg_c_utf8,
    started_at   timestamptz(3),
    completed_at timestamptz(3),
    name         text collate pg_c_utf8 not null,
    description  text collate pg_c_utf8,
    data         jsonb          not null, -- what conditions, sorts and groups look into
    data_as_sent json           not null, -- what is answered: the digits and the order of members as they came
    files        jsonb          not null  -- a list of file ids
) with (autovacuum_enabled = off);

create table task_category (
    category_id    text collate pg_c_utf8 primary key,
    version        bigint         not null,
    name           text collate pg_c_utf8 not null,
    description    text collate pg_c_utf8,
    status_options jsonb          not null,
    fields         jsonb          not null,
    state          text collate pg_c_utf8 not null, -- ACTIVE or DELETED; a deleted category stays readable
    tags           jsonb          not null,
    tags_as_sent   json           not null,
    package_id     text collate pg_c_utf8,
    domain_id      text collate pg_c_utf8 not null,
    created_at     timestamptz(3) not null,
    updated_at     timestamptz(3) not null,
    deleted_at     timestamptz(3)
);

create table task_type (
    task_type_id    text collate pg_c_utf8 primary key,
    version         bigint         not null,
    deleted         boolean        not null default false,
    name            text collate pg_c_utf8 not null,
    description     text collate pg_c_utf8,
    fields          jsonb          not null,
    assignee_pool   jsonb          not null,
    require_project boolean        not null,
    tags            jsonb          not null,
    tags_as_sent    json           not null,
    domain_id       text collate pg_c_utf8 not null,
    category_id     text collate pg_c_utf8 not null,
    created_at      timestamptz(3) not null,
    updated_at      timestamptz(3) not null
);

-- Every event there is, by its place in the event store, whether it could be applied or not. The indexes of the store
-- have no holes, so the log is complete up to the first that is missing here.
create table event_log (
    global_index   bigint primary key,
    sequence       bigint         not null,
    occurred_at    timestamptz(3) not null,
    revision       integer        not null,
    request_last   boolean        not null,
    aggregate_type text collate pg_c_utf8 not null,
    aggregate_id   text collate pg_c_utf8 not null,
    domain_id      text collate pg_c_utf8 not null,
    workspace_id   text collate pg_c_utf8 not null, -- empty for what belongs to a domain as a whole, as is project_id
    project_id     text collate pg_c_utf8 not null, -- the project after this event
    event_id       text           not null,
    event_name     text           not null,
    actor          text           not null,
    actor_kind     text           not null,
    request_id     text           not null,
    correlation_id text           not null, -- what the client knows the request by
    traceparent    text           not null, -- empty where traces are not told
    hash           text           not null,
    payload        text           not null  -- as it came, even where it is no JSON
) with (autovacuum_enabled = off);

-- What tasks were: a row for each state that a request has ended. It was so from updated_at until valid_to; the state
-- that holds is in the table task. States that lasted less than a millisecond are left out.
create table task_past (
    valid_to     timestamptz(3) not null,
    updated_at   timestamptz(3) not null,
    created_at   timestamptz(3) not null,
    version      bigint         not null,
    task_id      text collate pg_c_utf8 not null,
    domain_id    text collate pg_c_utf8 not null,
    workspace_id text collate pg_c_utf8 not null,
    project_id   text collate pg_c_utf8 not null,
    category_id  text collate pg_c_utf8 not null,
    task_type_id text collate pg_c_utf8 not null,
    status_id    text collate pg_c_utf8 not null,
    status_type  text collate pg_c_utf8 not null,
    priority     text collate pg_c_utf8 not null,
    created_by   text collate pg_c_utf8 not null,
    assignee     text collate pg_c_utf8,
    started_at   timestamptz(3),
    completed_at timestamptz(3),
    name         text collate pg_c_utf8 not null,
    description  text collate pg_c_utf8,
    data_as_sent json           not null,
    files        jsonb          not null
) with (autovacuum_enabled = off);

-- What event/list and event/stat read: a row for each request and kind of change of a task.
create table audit_event (
    created_at              timestamptz(3) not null,
    updated_at              timestamptz(3) not null,
    event_id                text collate pg_c_utf8 not null,
    domain_id               text collate pg_c_utf8 not null,
    workspace_id            text collate pg_c_utf8 not null,
    task_id                 text collate pg_c_utf8 not null,
    project_id              text collate pg_c_utf8 not null, -- the task's after this change
    event_type              text collate pg_c_utf8 not null, -- CREATED, UPDATED, CHANGE_STATUS or DELETED
    name                    text collate pg_c_utf8 not null,
    description             text collate pg_c_utf8 not null,
    created_type            text collate pg_c_utf8 not null, -- USER, APP or SYSTEM
    created_by              text collate pg_c_utf8 not null,
    additional_info_as_sent json           not null,
    -- Few ask for it, so it is made when they do. As it is never null, a row that it cannot be made of is refused.
    additional_info         jsonb          not null generated always as (additional_info_as_sent::jsonb) virtual
) with (autovacuum_enabled = off);

-- How far the feed has come, and what it could not apply. They stand beside what is projected, so that one transaction
-- moves them all, and a rebuild has its own.

create table feed_offset (
    topic       text    not null,
    topic_id    text    not null, -- Kafka's own: a topic that is made anew under its name is another one
    partition   integer not null,
    next_offset bigint  not null, -- of the first record that is not yet applied or parked
    primary key (topic, topic_id, partition)
);

create table parked_event (
    topic         text        not null,
    partition     integer     not null,
    record_offset bigint      not null,
    aggregate_id  text        not null, -- the record's key where nothing else can be read
    sequence      bigint,               -- null where it cannot be read
    reason        text        not null,
    record_key    bytea,
    headers       json        not null,
    value         bytea,
    parked_at     timestamptz not null default now(),
    primary key (topic, partition, record_offset)
);

create index parked_event_of_aggregate on parked_event (aggregate_id, sequence);

-- What a group, a sort or a projection reads at a path: one value, or the list of what is found behind a list of objects.
-- It is only called where there is a list on the way.
create function value_at(root jsonb, path text[]) returns jsonb
language plpgsql immutable parallel safe as $$
declare
    v jsonb := root;
begin
    for i in 1 .. cardinality(path) loop
        if jsonb_typeof(v) = 'object' then
            v := v -> path[i];
        elsif jsonb_typeof(v) <> 'array' then
            return null;
        elsif path[i] ~ '^(0|[1-9][0-9]*)$' then
            v := case when length(path[i]) < 10 then v -> path[i]::int end;
        else
            return (select coalesce(jsonb_agg(inner_value.v order by element.n) filter (where inner_value.v is not null), '[]')
                      from jsonb_array_elements(v) with ordinality as element(e, n)
                     cross join lateral (select value_at(element.e, path[i:]) as v) as inner_value
                     where jsonb_typeof(element.e) = 'object');
        end if;
        if v is null then
            return null;
        end if;
    end loop;
    return v;
end
$$;
