-- The boards: every one is read within a domain, newest first. A descending sort puts what is unset last, and the
-- planner takes an index for it only where the index says the same, even on a column that is never null. With the
-- workspace in it an index alone answers how many there are; without one PostgreSQL skips from workspace to workspace.
create index if not exists task_of_domain on task (domain_id, created_at desc nulls last, task_id) where not deleted;
create index if not exists task_of_workspace on task (domain_id, workspace_id, created_at desc nulls last, task_id) where not deleted;
create index if not exists task_of_project on task (domain_id, workspace_id, project_id, created_at desc nulls last, task_id) where not deleted;
create index if not exists task_of_category on task (domain_id, workspace_id, category_id, created_at desc nulls last, task_id) where not deleted;
create index if not exists task_of_assignee on task (domain_id, workspace_id, assignee, created_at desc nulls last, task_id) where not deleted;
create index if not exists task_in_status on task (domain_id, workspace_id, status_id, created_at desc nulls last, task_id) where not deleted;

-- Whose audit a member held to projects may see, after the deletion too.
create index if not exists task_gone_of_project on task (domain_id, workspace_id, project_id, task_id) where deleted;

-- Counts by status are read from this one alone: few keys, so it stays small.
create index if not exists task_in_status_type on task (domain_id, workspace_id, status_type) where not deleted;

-- These wait for the indexes of task_words, which are begun before and tell how often what they compute occurs.
alter table task reset (autovacuum_enabled);
analyze task;
