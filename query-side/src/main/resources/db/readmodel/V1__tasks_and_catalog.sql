-- What get, list and stat read: one row for each task, category and task type, as its last event left it.
-- No schema is named here: a rebuild fills the same tables in a schema of its own beside the live one.
--
-- Texts compare by code point on every server, whatever locale its database was made with: hence pg_c_utf8 everywhere.
-- What is unset is null. Rows of what was deleted stay as tombstones, so that a late or repeated event finds its version.

create extension if not exists pg_trgm with schema public;

create table task (
    task_id      text collate pg_c_utf8 primary key,
    version      bigint         not null, -- the number of its last event, from 0
    deleted      boolean        not null default false,
    name         text collate pg_c_utf8 not null,
    status_id    text collate pg_c_utf8 not null,
    status_type  text collate pg_c_utf8 not null,
    priority     text collate pg_c_utf8 not null,
    description  text collate pg_c_utf8,
    data         jsonb          not null, -- what conditions, sorts and groups look into
    data_as_sent json           not null, -- what is answered: the digits and the order of members as they came
    files        jsonb          not null, -- a list of file ids
    assignee     text collate pg_c_utf8,
    created_by   text collate pg_c_utf8 not null,
    domain_id    text collate pg_c_utf8 not null,
    workspace_id text collate pg_c_utf8 not null,
    project_id   text collate pg_c_utf8 not null,
    category_id  text collate pg_c_utf8 not null,
    task_type_id text collate pg_c_utf8 not null,
    created_at   timestamptz(3) not null,
    started_at   timestamptz(3),
    updated_at   timestamptz(3) not null,
    completed_at timestamptz(3)
);

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

-- The boards: every one is read within a domain, newest first. A descending sort puts what is unset last, and the
-- planner takes an index for it only where the index says the same, even on a column that is never null. With the
-- workspace in it an index alone answers how many there are; without one PostgreSQL skips from workspace to workspace.
create index task_of_domain on task (domain_id, created_at desc nulls last, task_id) where not deleted;
create index task_of_workspace on task (domain_id, workspace_id, created_at desc nulls last, task_id) where not deleted;
create index task_of_project on task (domain_id, workspace_id, project_id, created_at desc nulls last, task_id) where not deleted;
create index task_of_category on task (domain_id, workspace_id, category_id, created_at desc nulls last, task_id) where not deleted;
create index task_of_assignee on task (domain_id, workspace_id, assignee, created_at desc nulls last, task_id) where not deleted;
create index task_in_status on task (domain_id, workspace_id, status_id, created_at desc nulls last, task_id) where not deleted;

-- Counts by status are read from this one alone: few keys, so it stays small.
create index task_in_status_type on task (domain_id, workspace_id, status_type) where not deleted;

-- Substrings in any case, of three characters and more; the keyword looks into both.
create index task_name_substring on task using gin (casefold(name) gin_trgm_ops, casefold(task_id) gin_trgm_ops) where not deleted;

-- Equality at any path of data, by containment.
create index task_data on task using gin (data jsonb_path_ops) where not deleted;

create index task_category_of_domain on task_category (domain_id, created_at desc nulls last, category_id);
create index task_type_of_domain on task_type (domain_id, created_at desc nulls last, task_type_id) where not deleted;
create index task_type_of_category on task_type (category_id) where not deleted;

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
