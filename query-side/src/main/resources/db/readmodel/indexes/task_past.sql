create unique index if not exists task_past_key on task_past (task_id, version);

-- The tasks of a workspace at a moment: what ended after it.
create index if not exists task_past_of_workspace on task_past (domain_id, workspace_id, valid_to, updated_at);

alter table task_past reset (autovacuum_enabled);
analyze task_past;
