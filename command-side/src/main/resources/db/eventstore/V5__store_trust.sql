-- Which topic, of all that ever had its name, the relay writes to. One that was made anew is another one.
create table relay_topic (
    topic       text    not null primary key, -- its name
    topic_id    text    not null,             -- Kafka's own id of it
    first_index bigint  not null default 1,   -- the event it begins with
    given_up    boolean not null default false -- it holds what this store does not, and the store was trusted
);

-- Whether this store is the truth. One that was restored to an earlier point is not, until somebody has said so.
create table store_trust (
    the_only  boolean not null primary key default true check (the_only),
    decisions bigint  not null default 0, -- how often somebody has said what to trust
    doubt     text                        -- why nothing is appended; null where nothing speaks against it
);

insert into store_trust default values;
