-- How far the feed has come, and what it could not apply. They stand beside what is projected, so that one transaction
-- moves them all, and a rebuild has its own.

create table feed_offset (
    topic       text    not null,
    partition   integer not null,
    next_offset bigint  not null, -- of the first record that is not yet applied or parked
    primary key (topic, partition)
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

create index parked_event_of_aggregate on parked_event (aggregate_id);
