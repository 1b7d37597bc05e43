-- What tasks hold of the catalog: its rules ask whether any task holds this type or that status. It follows from the
-- events, and is brought up to date from them: by a processor, and under the append lock by whoever asks.
create table task_ref (
    task_id      text not null primary key,
    task_type_id text not null,
    category_id  text not null,
    status_id    text not null -- unique within its category only: clients may choose it
);

create index task_ref_of_type on task_ref (task_type_id);
create index task_ref_in_status on task_ref (category_id, status_id, task_id);

-- The last event that task_ref knows. Whoever writes there locks this row first.
create table task_ref_position (
    the_only     boolean not null primary key default true check (the_only),
    global_index bigint  not null
);

insert into task_ref_position (global_index) values (0);
