package io.opsflow.commandside.taskref;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The table {@code task_ref}: each task that is there, with its type and its status, as of the event at its position. It
 * reads the events' names and members, which are for ever.
 */
final class TaskRefTable {

    /** Events a step. With events of the largest size it takes a second or two; usually a few milliseconds. */
    static final int STEP = 500;

    static final int PAGE = 500;

    private static final String LOCK_POSITION = "select global_index from task_ref_position for update";

    private static final String POSITION = "select global_index from task_ref_position";

    private static final String HEAD = "select coalesce(max(global_index), 0) from domain_event";

    private static final String LAST_STATUSES = """
            select distinct on (aggregate_id) aggregate_id, payload -> 'after' ->> 'status_id' as status_id
              from domain_event
             where global_index > :after and global_index <= :upTo and event_name = 'task.status_changed'
             order by aggregate_id, global_index desc
            """;

    // In this order a task's events count in theirs: it is created first and deleted last. A new task is written once,
    // with the status that it has at the end of the step.
    private static final String ADD_CREATED = """
            with last as materialized (%s)
            insert into task_ref (task_id, task_type_id, category_id, status_id)
            select event.aggregate_id, created.task_type_id, created.category_id,
                   coalesce(last.status_id, created.status ->> 'status_id')
              from domain_event as event
             cross join lateral json_to_record(payload) as created (task_type_id text, category_id text, status json)
              left join last on last.aggregate_id = event.aggregate_id
             where global_index > :after and global_index <= :upTo and event_name = 'task.created'
            """.formatted(LAST_STATUSES);

    private static final String FOLLOW_STATUS = """
            with last as materialized (%s)
            update task_ref
               set status_id = last.status_id
              from last
             where task_id = last.aggregate_id and task_ref.status_id <> last.status_id
            """.formatted(LAST_STATUSES);

    private static final String REMOVE_DELETED = """
            delete from task_ref
             using domain_event
             where task_id = aggregate_id
               and global_index > :after and global_index <= :upTo and event_name = 'task.deleted'
            """;

    private static final String MOVE_ON = "update task_ref_position set global_index = :upTo";

    private static final String ANY_OF_TYPE = "select exists (select from task_ref where task_type_id = :taskTypeId)";

    private static final String ANY_IN = """
            select exists (select from task_ref where category_id = :categoryId and status_id = any (:statusIds))
            """;

    private static final String HOLDERS = """
            select task_id, status_id from task_ref
             where category_id = :categoryId and status_id = any (:statusIds) and task_id > :after
             order by task_id limit :limit
            """;

    private final JdbcClient jdbc;

    TaskRefTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The table as one connection sees it, which stays open and whose transaction goes on. What is left of that is
     * planned anew for what it is sent: for a range of whatever length a plan may read all of a large table, and every
     * append would wait for it.
     */
    static TaskRefTable on(Connection connection) {
        JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        jdbc.sql("set local plan_cache_mode = auto").update();
        return new TaskRefTable(jdbc);
    }

    /**
     * Takes in what has happened since, up to {@link #STEP} events. Needs a transaction around it; others wait for its
     * end. As the store's index has no holes, a range of it is complete.
     *
     * @return whether there is more
     */
    boolean step() {
        long after = number(LOCK_POSITION);
        long head = number(HEAD);
        long upTo = Math.min(head, after + STEP);
        if (upTo > after) {
            for (String statement : List.of(ADD_CREATED, FOLLOW_STATUS, REMOVE_DELETED)) {
                jdbc.sql(statement).param("after", after).param("upTo", upTo).update();
            }
            jdbc.sql(MOVE_ON).param("upTo", upTo).update();
        }
        return upTo < head;
    }

    /** The last event that it knows. */
    long position() {
        return number(POSITION);
    }

    boolean anyOfType(String taskTypeId) {
        return jdbc.sql(ANY_OF_TYPE)
                .param("taskTypeId", taskTypeId)
                .query(Boolean.class)
                .single();
    }

    boolean anyIn(String categoryId, Collection<String> statusIds) {
        return jdbc.sql(ANY_IN)
                .param("categoryId", categoryId)
                .param("statusIds", statusIds.toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    /** At most {@link #PAGE} of the tasks that hold one of these statuses, in the order of their ids. */
    List<TaskRef> holders(String categoryId, Collection<String> statusIds, String afterTaskId) {
        return jdbc.sql(HOLDERS)
                .param("categoryId", categoryId)
                .param("statusIds", statusIds.toArray(String[]::new))
                .param("after", afterTaskId)
                .param("limit", PAGE)
                .query((row, number) -> new TaskRef(row.getString("task_id"), row.getString("status_id")))
                .list();
    }

    private long number(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }
}
