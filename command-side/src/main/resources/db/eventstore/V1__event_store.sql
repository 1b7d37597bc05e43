-- The truth. Rows are only ever added, by AppendTransaction, in the order of global_index and without holes.
create table domain_event (
    global_index   bigint         not null primary key,
    aggregate_type text           not null,
    aggregate_id   text           not null,
    sequence       bigint         not null,
    event_id       uuid           not null unique,
    event_name     text           not null,
    revision       int            not null,
    occurred_at    timestamptz(3) not null,
    domain_id      text           not null,
    workspace_id   text           not null,
    project_id     text           not null,
    payload        json           not null, -- json, not jsonb: the hash covers the exact text
    metadata       json           not null,
    hash           bytea          not null,
    unique (aggregate_id, sequence)
);

create function refuse_to_rewrite_the_past() returns trigger language plpgsql as $$
begin
    raise exception 'events are never changed or removed';
end
$$;

create trigger domain_event_is_append_only
    before update or delete or truncate on domain_event
    for each statement execute function refuse_to_rewrite_the_past();

-- Where Axon's processors remember how far they have read. The names are Axon's, the types PostgreSQL's.
create table token_entry (
    processor_name text not null,
    segment        int  not null,
    token          bytea,
    token_type     text,
    timestamp      text not null,
    owner          text,
    primary key (processor_name, segment)
);
