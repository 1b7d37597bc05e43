package io.opsflow.queryside.audit;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.queryside.log.EventLog;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The events of one task, read from the event log. */
@Component
class TaskLog {

    private static final int EVENTS_A_PORTION = 100;

    /** A portion ends behind the event that reaches this. */
    static final int BYTES_A_PORTION = 4 * 1024 * 1024;

    // In portions, as an event may be large and a life long. What has happened stays, so they fit together.
    private static final String NEXT = """
            select *
              from (select logged.*, sum(octet_length(payload)) over (order by sequence) - octet_length(payload) as bytes_before
                      from (select *
                              from event_log
                             where aggregate_id = :taskId
                               and sequence > :after
                               and sequence <= :last
                               and occurred_at <= :until
                             order by sequence
                             limit :most) as logged) as portion
             where bytes_before < :bytes
             order by sequence
            """;

    /** Later than any event. */
    static final Instant EVER = Instant.parse("9999-12-31T23:59:59.999Z");

    private final JdbcClient database;

    TaskLog(JdbcClient database) {
        this.database = database;
    }

    /** The events up to the one of this number, of these those that happened until then, in their order. */
    void read(String taskId, long last, Instant until, Consumer<EventRecord> reader) {
        long after = -1;
        while (after < last) {
            List<EventRecord> next = database.sql(NEXT)
                    .param("taskId", taskId)
                    .param("after", after)
                    .param("last", last)
                    .param("until", until.atOffset(ZoneOffset.UTC))
                    .param("most", EVENTS_A_PORTION)
                    .param("bytes", BYTES_A_PORTION)
                    .query(EventLog::event)
                    .list();
            if (next.isEmpty()) {
                return;
            }
            next.forEach(reader);
            after = next.getLast().sequence();
        }
    }

    /** @throws IllegalStateException for one that this version does not know; no row of a task holds it then */
    static TaskEvent event(EventRecord logged) {
        return (TaskEvent) logged.event()
                .orElseThrow(() -> new IllegalStateException("this version knows no event " + logged.name()));
    }
}
