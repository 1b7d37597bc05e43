package io.opsflow.commandside.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the store, in pages. Everything throws {@link DataAccessException} where the database is away. */
final class EventReader {

    /** Events are up to some 400 KiB each; this many fit into memory whatever they are. */
    static final int PAGE = 250;

    private static final String TAIL = """
            select * from domain_event where global_index > :after order by global_index limit :limit
            """;

    private static final String TAIL_OF = """
            select * from domain_event
             where global_index > :after and global_index <= :upTo
               and (event_name = any (:names) or global_index = :upTo)
             order by global_index limit :limit
            """;

    private static final String OF_AGGREGATE = """
            select * from domain_event
             where aggregate_id = :aggregateId and sequence >= :from
             order by sequence limit :limit
            """;

    private static final String HEAD = "select max(global_index) from domain_event";

    private static final String VERSION = "select max(sequence) from domain_event where aggregate_id = :aggregateId";

    private static final String VERSIONS = """
            select id, coalesce((select max(sequence) from domain_event where aggregate_id = id), -1) as version
              from unnest(:ids) as id
            """;

    private static final String BEFORE_TIME = """
            select min(global_index) - 1 from domain_event where occurred_at >= :from
            """;

    private final JdbcClient jdbc;

    EventReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What follows an index, at most a page of it. */
    List<AppendedEvent> tail(long after) {
        return jdbc.sql(TAIL)
                .param("after", after)
                .param("limit", PAGE)
                .query(EventReader::event)
                .list();
    }

    /** Of a range of the tail the events of these names and the last event of the range, at most a page of them. */
    List<AppendedEvent> tail(long after, long upTo, Collection<String> names) {
        return jdbc.sql(TAIL_OF)
                .param("after", after)
                .param("upTo", upTo)
                .param("names", names.toArray(String[]::new))
                .param("limit", PAGE)
                .query(EventReader::event)
                .list();
    }

    /** An aggregate's events from a sequence on, at most a page of them. */
    List<AppendedEvent> ofAggregate(String aggregateId, long from) {
        return jdbc.sql(OF_AGGREGATE)
                .param("aggregateId", aggregateId)
                .param("from", from)
                .param("limit", PAGE)
                .query(EventReader::event)
                .list();
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
    Map<String, Long> versions(Collection<String> aggregateIds) {
        Map<String, Long> versions = new HashMap<>();
        jdbc.sql(VERSIONS).param("ids", aggregateIds.toArray(String[]::new)).query(row -> {
            versions.put(row.getString("id"), row.getLong("version"));
        });
        return versions;
    }

    /** The index before the first event that happened at this time or later; empty where none did. */
    Optional<Long> before(Instant time) {
        return number(jdbc.sql(BEFORE_TIME).param("from", time.atOffset(ZoneOffset.UTC)));
    }

    private static Optional<Long> number(JdbcClient.StatementSpec statement) {
        return Optional.ofNullable(
                DataAccessUtils.singleResult(statement.query(Long.class).list()));
    }

    private static AppendedEvent event(ResultSet row, int number) throws SQLException {
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
