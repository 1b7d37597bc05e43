-- A task's life, in order.
create index if not exists event_log_of_aggregate on event_log (aggregate_id, sequence);

-- Those who subscribe catch up by this one.
create index if not exists event_log_of_workspace on event_log (workspace_id, global_index) include (domain_id) where aggregate_type = 'task';

alter table event_log reset (autovacuum_enabled);
analyze event_log;
