-- These are not sorted but collected: what fits into memory goes into the index at once, in its order.
set maintenance_work_mem = '128MB';

-- Substrings in any case, of three characters and more; the keyword looks into both.
create index if not exists task_name_substring on task using gin (casefold(name) gin_trgm_ops, casefold(task_id) gin_trgm_ops) where not deleted;

-- Equality at any path of data, by containment.
create index if not exists task_data on task using gin (data jsonb_path_ops) where not deleted;
