package io.opsflow.bench.commands;

import io.opsflow.bench.server.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Gives a store a past: tasks that were created and moved, as copies of the first that were. They can be read and
 * commanded like any other; only their hashes are made up, which no command looks at.
 */
record Filler(Databases databases, String database) {

    // A task an even number and the odd one after it; without holes from the head on.
    private static final String FILL = """
            insert into event_store.domain_event (
                    global_index, aggregate_type, aggregate_id, sequence, event_id, event_name, revision, occurred_at,
                    domain_id, workspace_id, project_id, payload, metadata, hash)
            select head.global_index + number + 1, sample.aggregate_type, id, sample.sequence, gen_random_uuid(),
                   sample.event_name, sample.revision, sample.occurred_at, sample.domain_id, sample.workspace_id,
                   sample.project_id, replace(sample.payload::text, sample.aggregate_id, id)::json, sample.metadata,
                   sha256(int8send(number))
              from (select max(global_index) as global_index from event_store.domain_event) as head,
                   generate_series(0, ?::bigint - 1) as number
              join (select distinct on (sequence) *
                      from event_store.domain_event
                     where aggregate_type = 'task' and sequence in (0, 1)
                     order by sequence, global_index) as sample on sample.sequence = number % 2,
                   lateral (select 'task-f' || lpad(to_hex(head.global_index + number - number % 2), 11, '0') as id) as task
             order by number
            """;

    // But for the statuses that tasks have moved to, for which no command here asks.
    private static final String FILL_TASK_REFS = """
            insert into event_store.task_ref (task_id, task_type_id, category_id, status_id)
            select aggregate_id, payload ->> 'task_type_id', payload ->> 'category_id', payload -> 'status' ->> 'status_id'
              from event_store.domain_event
             where event_name = 'task.created'
                on conflict do nothing
            """;

    private static final String MOVE_TASK_REFS = """
            update event_store.task_ref_position
               set global_index = (select max(global_index) from event_store.domain_event)
            """;

    private static final String COUNT = "select ? - count(*) from event_store.domain_event";

    /** Nobody may be using the store, which holds a task already. */
    void fillUpTo(int events) throws SQLException {
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement();
                PreparedStatement count = connection.prepareStatement(COUNT);
                PreparedStatement fill = connection.prepareStatement(FILL)) {
            count.setLong(1, events);
            try (var row = count.executeQuery()) {
                row.next();
                fill.setLong(1, row.getLong(1));
            }
            fill.executeUpdate();
            statement.executeUpdate(FILL_TASK_REFS);
            statement.executeUpdate(MOVE_TASK_REFS);
            statement.execute("vacuum (analyze) event_store.domain_event, event_store.task_ref");
            statement.execute("checkpoint");
        }
        new Followers(databases, database).skipToHead();
    }
}
