package io.opsflow.commandside.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the store, in pages that fit into memory. Everything throws {@link DataAccessException} where the database is away. */
final class EventReader {

    static final int PAGE = 250;

    /** A page ends behind the event that reaches this: one alone may be as large as a request, 1 MiB. */
    static final int PAGE_BYTES = 4 * 1024 * 1024;

    private static final String TAIL = page("global_index > :after", "global_index");

    private static final String TAIL_OF = page("""
            global_index > :after and global_index <= :upTo
            and (event_name = any (:names) or global_index = :upTo)""", "global_index");

    private static final String OF_AGGREGATE = page("aggregate_id = :aggregateId and sequence >= :from", "sequence");

    /** What is measured has to be unpacked: all that are asked for once, and those that are returned once more. */
    private static String page(String condition, String order) {
        return """
                select *, bytes_before + octet_length(payload::text) as bytes from (
                    select *, coalesce(sum(octet_length(payload::text)) over (
                           order by %2$s rows between unbounded preceding and 1 preceding), 0) as bytes_before
                      from domain_event
                     where %1$s
                     order by %2$s limit :most
                ) as page
                 where bytes_before < :bytes
                 order by %2$s
                """.formatted(condition, order);
    }

    private static final String HEAD = "select max(global_index) from domain_event";

    private static final String VERSION = "select max(sequence) from domain_event where aggregate_id = :aggregateId";

    private static final String VERSIONS = """
            select id, coalesce((select max(sequence) from domain_event where aggregate_id = id), -1) as version,
                   decisions
              from unnest(:ids) as id
             cross join store_trust
            """;

    private static final String BEFORE_TIME = """
            select min(global_index) - 1 from domain_event where occurred_at >= :from
            """;

    private final JdbcClient jdbc;

    /**
     * Events that follow each other.
     *
     * @param bytes of their payloads
     * @param isFull whether there may be more behind them
     */
    record Page(List<AppendedEvent> events, long bytes, boolean isFull) {

        /** How many to ask for next: behind large events come large ones, and few more are measured than fit in. */
        int next() {
            return isFull ? Math.min(PAGE, 2 * events.size()) : PAGE;
        }
    }

    /**
     * Versions of one moment.
     *
     * @param decisions how often somebody had said what to trust; 0 where no version was asked for
     */
    record Versions(Map<String, Long> byId, long decisions) {}

    EventReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What follows an index.
     *
     * @param most events, {@value #PAGE} or as the {@linkplain Page#next page before} says; likewise below
     */
    Page tail(long after, int most) {
        return page(jdbc.sql(TAIL).param("after", after), most);
    }

    /** Of a range of the tail the events of these names and the last event of the range. */
    Page tail(long after, long upTo, Collection<String> names, int most) {
        return page(
                jdbc.sql(TAIL_OF)
                        .param("after", after)
                        .param("upTo", upTo)
                        .param("names", names.toArray(String[]::new)),
                most);
    }

    /** An aggregate's events from a sequence on. */
    Page ofAggregate(String aggregateId, long from, int most) {
        return page(jdbc.sql(OF_AGGREGATE).param("aggregateId", aggregateId).param("from", from), most);
    }

    private static Page page(JdbcClient.StatementSpec statement, int most) {
        return statement.param("most", most).param("bytes", PAGE_BYTES).query(rows -> {
            List<AppendedEvent> events = new ArrayList<>();
            long bytes = 0;
            while (rows.next()) {
                events.add(event(rows));
                bytes = rows.getLong("bytes");
            }
            return new Page(events, bytes, events.size() == most || bytes >= PAGE_BYTES);
        });
    }

    /** The last event's index; 0 for an empty store. */
    long head() {
        return number(jdbc.sql(HEAD)).orElse(0L);
    }

    /** An aggregate's last sequence; empty where there is no such aggregate. */
    Optional<Long> version(String aggregateId) {
        return number(jdbc.sql(VERSION).param("aggregateId", aggregateId));
    }

    /** The last sequence of each, all at the same moment; {@link AppendCondition#ABSENT} where there is none. */
    Versions versions(Collection<String> aggregateIds) {
        return jdbc.sql(VERSIONS)
                .param("ids", aggregateIds.toArray(String[]::new))
                .query(rows -> {
                    Map<String, Long> versions = new HashMap<>();
                    long decisions = 0;
                    while (rows.next()) {
                        versions.put(rows.getString("id"), rows.getLong("version"));
                        decisions = rows.getLong("decisions");
                    }
                    return new Versions(versions, decisions);
                });
    }

    /** The index before the first event that happened at this time or later; empty where none did. */
    Optional<Long> before(Instant time) {
        return number(jdbc.sql(BEFORE_TIME).param("from", time.atOffset(ZoneOffset.UTC)));
    }

    private static Optional<Long> number(JdbcClient.StatementSpec statement) {
        return Optional.ofNullable(
                DataAccessUtils.singleResult(statement.query(Long.class).list()));
    }

    private static AppendedEvent event(ResultSet row) throws SQLException {
        StoredEvent event = new StoredEvent(
                row.getString("aggregate_type"),
                row.getString("aggregate_id"),
                row.getLong("sequence"),
                row.getObject("event_id", UUID.class),
                row.getString("event_name"),
                row.getInt("revision"),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                new EventScope(row.getString("domain_id"), row.getString("workspace_id"), row.getString("project_id")),
                row.getString("payload"),
                row.getString("metadata"));
        return new AppendedEvent(row.getLong("global_index"), event, row.getBytes("hash"));
    }
}
