package io.opsflow.queryside.feed;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.queryside.projection.Refused;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The records that could not be applied, kept whole. They are tried again when an
 * event comes that stands before them, when a consumer takes up their partition, and when somebody asks. */
final class ParkedEvents {

    private static final String PARK = """
            insert into parked_event
                (topic, partition, record_offset, aggregate_id, sequence, reason, record_key, headers, value)
                values (?, ?, ?, ?, ?, ?, ?, cast(? as json), ?)
                on conflict (topic, partition, record_offset) do update
                set aggregate_id = excluded.aggregate_id, sequence = excluded.sequence, reason = excluded.reason,
                    record_key = excluded.record_key, headers = excluded.headers, value = excluded.value
            """;

    private static final String FIRST_SEQUENCES = """
            select aggregate_id, min(sequence) as first
              from parked_event
             where aggregate_id = any (:ids) and sequence is not null
             group by aggregate_id
            """;

    private static final String AGGREGATES_OF_PARTITION = """
            select distinct aggregate_id from parked_event where topic = :topic and partition = :partition
            """;

    private static final String TAKE = """
            delete from parked_event
             where aggregate_id = any (:ids)
            returning topic, partition, record_offset, record_key, headers, value
            """;

    private static final String PARTITIONS_OF = """
            select distinct topic, partition from parked_event where aggregate_id = :id order by topic, partition
            """;

    private static final String SUMMARY = "select count(*) as events, min(parked_at) as oldest from parked_event";

    private static final int LONGEST_REASON = 1_000;

    private final JdbcClient database;
    private final JdbcTemplate batches;

    ParkedEvents(JdbcTemplate database) {
        this.database = JdbcClient.create(database);
        this.batches = database;
    }

    /** @param oldest when the first of them was parked; null where there are none */
    record Summary(long events, @Nullable Instant oldest) {}

    Summary summary() {
        return database.sql(SUMMARY)
                .query((row, number) -> {
                    OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
                    return new Summary(row.getLong("events"), oldest == null ? null : oldest.toInstant());
                })
                .single();
    }

    List<TopicPartition> partitionsOf(String aggregateId) {
        return database.sql(PARTITIONS_OF)
                .param("id", aggregateId)
                .query((row, number) -> new TopicPartition(row.getString("topic"), row.getInt("partition")))
                .list();
    }

    /** The first event that is parked of each of these records' aggregates; none for those that have none parked. */
    Map<String, Long> firstSequences(Collection<FeedRecord> records) {
        String[] ids = records.stream()
                .map(record -> storable(record.aggregateId()))
                .distinct()
                .toArray(String[]::new);
        Map<String, Long> first = new HashMap<>();
        database.sql(FIRST_SEQUENCES).param("ids", ids).query(row -> {
            first.put(row.getString("aggregate_id"), row.getLong("first"));
        });
        return first;
    }

    List<String> aggregatesOf(TopicPartition partition) {
        return database.sql(AGGREGATES_OF_PARTITION)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(String.class)
                .list();
    }

    /** Removes and returns what is parked of these aggregates, to be applied or parked again. */
    List<FeedRecord> take(Collection<String> aggregateIds) {
        return database.sql(TAKE)
                .param("ids", aggregateIds.toArray(String[]::new))
                .query((row, number) -> record(row))
                .list();
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

    private static FeedRecord record(ResultSet row) throws SQLException {
        Headers headers = new RecordHeaders();
        Json.mapper()
                .readTree(row.getString("headers"))
                .forEachEntry(
                        (name, value) -> headers.add(name, value.stringValue().getBytes(StandardCharsets.UTF_8)));
        TopicPartition partition = new TopicPartition(row.getString("topic"), row.getInt("partition"));
        return FeedRecord.of(
                partition, row.getLong("record_offset"), row.getBytes("record_key"), headers, row.getBytes("value"));
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
