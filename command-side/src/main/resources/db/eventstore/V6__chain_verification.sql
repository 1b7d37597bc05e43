-- What the last walk along the hash chain found; the one row is written anew by each walk.
create table chain_verification (
    the_only    boolean     not null primary key default true check (the_only),
    verified_at timestamptz not null,
    events      bigint      not null,
    head        bigint      not null,
    head_hash   text        not null,
    breaks      bigint      not null,
    first_break text        -- null where the chain is whole
);
