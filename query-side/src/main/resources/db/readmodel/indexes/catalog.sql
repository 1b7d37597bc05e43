create index if not exists task_category_of_domain on task_category (domain_id, created_at desc nulls last, category_id);
create index if not exists task_type_of_domain on task_type (domain_id, created_at desc nulls last, task_type_id) where not deleted;
create index if not exists task_type_of_category on task_type (category_id) where not deleted;

analyze task_category;
analyze task_type;
