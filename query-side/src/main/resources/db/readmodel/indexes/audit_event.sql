create unique index if not exists audit_event_key on audit_event (event_id);
create index if not exists audit_event_of_domain on audit_event (domain_id, created_at desc nulls last, event_id);
create index if not exists audit_event_of_workspace on audit_event (workspace_id, created_at desc nulls last, event_id) include (domain_id);
create index if not exists audit_event_of_task on audit_event (task_id, created_at desc nulls last, event_id);

alter table audit_event reset (autovacuum_enabled);
analyze audit_event;
