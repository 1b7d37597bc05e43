package io.opsflow.queryside.feed;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.queryside.projection.Refused;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The records that could not be applied, kept whole. They are tried again when a consumer takes up their partition. */
final class ParkedEvents {

    private static final String PARK = """
            insert into parked_event
                (topic, partition, record_offset, aggregate_id, sequence, reason, record_key, headers, value)
                values (?, ?, ?, ?, ?, ?, ?, cast(? as json), ?)
                on conflict (topic, partition, record_offset) do update
                set aggregate_id = excluded.aggregate_id, sequence = excluded.sequence, reason = excluded.reason,
                    record_key = excluded.record_key, headers = excluded.headers, value = excluded.value
            """;

    private static final String AGGREGATES_AMONG = """
            select distinct aggregate_id from parked_event where aggregate_id = any (:ids)
            """;

    private static final String AGGREGATES_OF_PARTITION = """
            select distinct aggregate_id from parked_event where topic = :topic and partition = :partition
            """;

    private static final String TAKE = """
            delete from parked_event
             where topic = :topic and partition = :partition and aggregate_id = any (:ids)
            returning record_offset, record_key, headers, value
            """;

    private static final String COUNT = "select count(*) from parked_event";

    private static final int LONGEST_REASON = 1_000;

    private final JdbcClient database;
    private final JdbcTemplate batches;

    ParkedEvents(JdbcTemplate database) {
        this.database = JdbcClient.create(database);
        this.batches = database;
    }

    long count() {
        return database.sql(COUNT).query(Long.class).single();
    }

    Set<String> aggregatesAmong(Collection<FeedRecord> records) {
        String[] ids = records.stream()
                .map(record -> storable(record.aggregateId()))
                .distinct()
                .toArray(String[]::new);
        return new HashSet<>(database.sql(AGGREGATES_AMONG)
                .param("ids", ids)
                .query(String.class)
                .list());
    }

    List<String> aggregatesOf(TopicPartition partition) {
        return database.sql(AGGREGATES_OF_PARTITION)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(String.class)
                .list();
    }

    /**
     * Removes and returns what is parked of these aggregates, in the order in which it happened: what was parked because
     * an event came late may fit now.
     */
    List<FeedRecord> take(TopicPartition partition, Collection<String> aggregateIds) {
        return database
                .sql(TAKE)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .param("ids", aggregateIds.toArray(String[]::new))
                .query((row, number) -> record(partition, row))
                .list()
                .stream()
                .sorted(Comparator.comparing(ParkedEvents::sequence).thenComparing(FeedRecord::offset))
                .toList();
    }

    void park(List<Refused<FeedRecord>> refused) {
        if (!refused.isEmpty()) {
            batches.batchUpdate(PARK, refused, refused.size(), ParkedEvents::fill);
        }
    }

    private static void fill(PreparedStatement row, Refused<FeedRecord> refused) throws SQLException {
        FeedRecord record = refused.delivery();
        EventRecord event = record.event();
        row.setString(1, record.partition().topic());
        row.setInt(2, record.partition().partition());
        row.setLong(3, record.offset());
        row.setString(4, storable(record.aggregateId()));
        row.setObject(5, event == null ? null : event.sequence(), Types.BIGINT);
        row.setString(6, shortened(storable(refused.reason())));
        row.setBytes(7, record.key());
        row.setString(8, Json.write(texts(record.headers())));
        row.setBytes(9, record.value());
    }

    private static FeedRecord record(TopicPartition partition, ResultSet row) throws SQLException {
        Headers headers = new RecordHeaders();
        Json.mapper()
                .readTree(row.getString("headers"))
                .forEachEntry(
                        (name, value) -> headers.add(name, value.stringValue().getBytes(StandardCharsets.UTF_8)));
        return FeedRecord.of(
                partition, row.getLong("record_offset"), row.getBytes("record_key"), headers, row.getBytes("value"));
    }

    private static long sequence(FeedRecord record) {
        return record.event() == null ? Long.MAX_VALUE : record.event().sequence();
    }

    // As texts, which is what CloudEvents puts into headers, for those who look into the table.
    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Header header : headers) {
            if (header.value() != null) {
                texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    /** PostgreSQL's texts hold no NUL characters. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }
}
