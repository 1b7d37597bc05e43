package io.opsflow.queryside.subscription;

import io.opsflow.api.caller.Caller;
import io.opsflow.queryside.log.EventLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Reads the table event_log. Its indexes begin at 1 and have no holes once it is complete; what is missing is on its way
 * on another partition.
 */
final class EventPages {

    private static final int INDEXES_A_STATEMENT = 100_000;
    private static final int EVENTS_A_PAGE = 500;
    private static final int BYTES_A_PAGE = 1024 * 1024;

    // Where the very next one is missing, the rest is not looked at.
    private static final String LAST_OF_UNBROKEN_ROW = """
            select known.event_id as known_id, last.global_index, last.event_id
              from (select) as always
              left join event_log as known on known.global_index = :after
              left join (select global_index, event_id
                           from (select global_index, event_id, row_number() over (order by global_index) as n
                                   from event_log
                                  where global_index > :after
                                    and exists (select from event_log where global_index = :after + 1)
                                  order by global_index
                                  limit :most) as numbered
                          where global_index = :after + n
                          order by global_index desc
                          limit 1) as last on true
            """;

    private static final String PAGE = """
            select page.*, coalesce(task.project_id, page.project_id) as last_project
              from (select logged.*, sum(octet_length(payload)) over (order by global_index) - octet_length(payload) as bytes_before
                      from (select *
                              from event_log
                             where aggregate_type = 'task'
                               and global_index > :after
                               and global_index <= :up_to
                               %s
                             order by global_index
                             limit :most) as logged) as page
              left join task on task.task_id = page.aggregate_id
             where page.bytes_before < :bytes
             order by page.global_index
            """;

    private static final String OF_ALL = PAGE.formatted("");
    private static final String OF_DOMAIN = PAGE.formatted("and domain_id = :domain");
    private static final String OF_WORKSPACE = PAGE.formatted("and domain_id = :domain and workspace_id = :workspace");

    /** Of the past at once: however many come back together, others get connections too. */
    private static final int READERS = 4;

    private final JdbcClient database;
    private final Semaphore readers = new Semaphore(READERS, true);

    /**
     * One in the log.
     *
     * @param eventId that of the event that stands there
     */
    record Place(long index, String eventId) {

        /** Before the first event of whatever log. */
        static final Place BEGINNING = new Place(0, "");
    }

    EventPages(JdbcClient database) {
        this.database = database;
    }

    /**
     * The last place up to which the log is complete, seen from one up to which it is known to be; there may be more
     * behind it unless it is the same. Empty where the known place is not in the log: it is another one then.
     *
     * @throws DataAccessException while the database is away
     */
    Optional<Place> completeAfter(Place known) {
        return database.sql(LAST_OF_UNBROKEN_ROW)
                .param("after", known.index())
                .param("most", INDEXES_A_STATEMENT)
                .query((row, number) -> {
                    if (!known.eventId().equals(Objects.requireNonNullElse(row.getString("known_id"), ""))) {
                        return Optional.<Place>empty();
                    }
                    String eventId = row.getString("event_id");
                    return Optional.of(eventId == null ? known : new Place(row.getLong("global_index"), eventId));
                })
                .single();
    }

    /** The first events of these indexes, in order; none where there are no more. */
    List<LoggedEvent> page(long after, long upTo) {
        return page(database.sql(OF_ALL), after, upTo);
    }

    /** Likewise those of the caller's domain or workspace, whatever the project; waits for its turn. */
    List<LoggedEvent> pageFor(Caller caller, long after, long upTo) throws InterruptedException {
        readers.acquire();
        try {
            return page(of(caller), after, upTo);
        } finally {
            readers.release();
        }
    }

    private StatementSpec of(Caller caller) {
        return switch (caller.role()) {
            case SYSTEM_ADMIN -> database.sql(OF_ALL);
            case DOMAIN_ADMIN -> database.sql(OF_DOMAIN).param("domain", caller.domainId());
            default ->
                database.sql(OF_WORKSPACE).param("domain", caller.domainId()).param("workspace", caller.workspaceId());
        };
    }

    private static List<LoggedEvent> page(StatementSpec statement, long after, long upTo) {
        return statement
                .param("after", after)
                .param("up_to", upTo)
                .param("most", EVENTS_A_PAGE)
                .param("bytes", BYTES_A_PAGE)
                .query(EventPages::event)
                .list();
    }

    private static LoggedEvent event(ResultSet row, int number) throws SQLException {
        return new LoggedEvent(EventLog.event(row, number), row.getString("last_project"));
    }
}
