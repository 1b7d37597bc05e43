-- Made when a generation is filled, and kept up to date from then on.

-- The boards: every one is read within a domain, newest first. A descending sort puts what is unset last, and the
-- planner takes an index for it only where the index says the same, even on a column that is never null. With the
-- workspace in it an index alone answers how many there are; without one PostgreSQL skips from workspace to workspace.
create index task_of_domain on task (domain_id, created_at desc nulls last, task_id) where not deleted;
create index task_of_workspace on task (domain_id, workspace_id, created_at desc nulls last, task_id) where not deleted;
create index task_of_project on task (domain_id, workspace_id, project_id, created_at desc nulls last, task_id) where not deleted;
create index task_of_category on task (domain_id, workspace_id, category_id, created_at desc nulls last, task_id) where not deleted;
create index task_of_assignee on task (domain_id, workspace_id, assignee, created_at desc nulls last, task_id) where not deleted;
create index task_in_status on task (domain_id, workspace_id, status_id, created_at desc nulls last, task_id) where not deleted;

-- Whose audit a member held to projects may see, after the deletion too.
create index task_gone_of_project on task (domain_id, workspace_id, project_id, task_id) where deleted;

-- Counts by status are read from this one alone: few keys, so it stays small.
create index task_in_status_type on task (domain_id, workspace_id, status_type) where not deleted;

-- Substrings in any case, of three characters and more; the keyword looks into both.
create index task_name_substring on task using gin (casefold(name) gin_trgm_ops, casefold(task_id) gin_trgm_ops) where not deleted;

-- Equality at any path of data, by containment.
create index task_data on task using gin (data jsonb_path_ops) where not deleted;

create index task_category_of_domain on task_category (domain_id, created_at desc nulls last, category_id);
create index task_type_of_domain on task_type (domain_id, created_at desc nulls last, task_type_id) where not deleted;
create index task_type_of_category on task_type (category_id) where not deleted;

-- A task's life, in order.
create index event_log_of_aggregate on event_log (aggregate_id, sequence);

-- Those who subscribe catch up by this one.
create index event_log_of_workspace on event_log (domain_id, workspace_id, global_index) where aggregate_type = 'task';

-- The tasks of a workspace at a moment: what ended after it.
alter table task_past add primary key (task_id, version);
create index task_past_of_workspace on task_past (domain_id, workspace_id, valid_to, updated_at);

alter table audit_event add primary key (event_id);
create index audit_event_of_domain on audit_event (domain_id, created_at desc nulls last, event_id);
create index audit_event_of_workspace on audit_event (domain_id, workspace_id, created_at desc nulls last, event_id);
create index audit_event_of_task on audit_event (task_id, created_at desc nulls last, event_id);

-- From now on they are looked after (V1); and who reads wants a planner that knows the tables.
alter table event_log reset (autovacuum_enabled);
alter table task_past reset (autovacuum_enabled);
alter table audit_event reset (autovacuum_enabled);

analyze task;
analyze task_category;
analyze task_type;
analyze event_log;
analyze task_past;
analyze audit_event;
