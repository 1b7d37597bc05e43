-- Requests with an idempotency key that were answered with 200: the answer is that of the aggregate at the version.
-- Written with the events of the request, or alone where it changed nothing.
create table answered_request (
    domain_id    text        not null,
    user_id      text        not null,
    key          text        not null,
    request_hash text        not null,
    aggregate_id text        not null,
    version      bigint      not null,
    answered_at  timestamptz not null default now(),
    primary key (domain_id, user_id, key)
);

create index answered_request_by_age on answered_request (answered_at);
