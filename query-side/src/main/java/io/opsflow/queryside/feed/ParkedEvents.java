package io.opsflow.queryside.feed;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.queryside.projection.Refused;
import io.opsflow.queryside.table.Pipeline;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/** The records that could not be applied, kept whole. They are tried again when an
 * event comes that stands before them, when a consumer takes up their partition, and when somebody asks. */
final class ParkedEvents {

    private static final String PARK = """
            insert into parked_event
                (topic, partition, record_offset, aggregate_id, sequence, reason, record_key, headers, value, parked_at)
                values (?, ?, ?, ?, ?, ?, ?, cast(? as json), ?, coalesce(?, now()))
                on conflict (topic, partition, record_offset) do update
                set aggregate_id = excluded.aggregate_id, sequence = excluded.sequence, reason = excluded.reason,
                    record_key = excluded.record_key, headers = excluded.headers, value = excluded.value
            """;

    // Answers the place of each id in what was asked for instead of the id: the driver sends nothing behind a statement
    // that may answer long texts.
    private static final String FIRST_SEQUENCES = """
            select asked.place::int as place, min(sequence) as first
              from parked_event
              join unnest(?::text[]) with ordinality as asked (aggregate_id, place) using (aggregate_id)
             where sequence is not null
             group by asked.place
            """;

    private static final String AGGREGATES_OF_PARTITION = """
            select distinct aggregate_id from parked_event where topic = :topic and partition = :partition
            """;

    private static final String TAKE = """
            delete from parked_event
             where aggregate_id = any (?)
            returning topic, partition, record_offset, record_key, headers, value, parked_at
            """;

    private static final String PARTITIONS_OF = """
            select distinct topic, partition from parked_event where aggregate_id = ? order by topic, partition
            """;

    private static final String SUMMARY = "select count(*) as events, min(parked_at) as oldest from parked_event";

    private static final int LONGEST_REASON = 1_000;

    /** Of what cannot be read the id is a record's key, which may be of any length, and an index takes no long ones. */
    private static final int LONGEST_ID = 255;

    private final JdbcClient database;

    ParkedEvents(JdbcClient database) {
        this.database = database;
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

    static List<TopicPartition> partitionsOf(Pipeline transaction, String aggregateId) {
        RowMapper<TopicPartition> reader =
                (row, number) -> new TopicPartition(row.getString("topic"), row.getInt("partition"));
        return transaction
                .queryMany(PARTITIONS_OF, new RowMapperResultSetExtractor<>(reader), aggregateId)
                .get();
    }

    /** The first event that is parked of each of these records' aggregates; none for those that have none parked. */
    static Supplier<Map<String, Long>> firstSequences(Pipeline transaction, Collection<FeedRecord> records) {
        List<String> ids = records.stream()
                .map(record -> shortened(storable(record.aggregateId()), LONGEST_ID))
                .distinct()
                .toList();
        return transaction.query(
                FIRST_SEQUENCES,
                rows -> {
                    Map<String, Long> first = new HashMap<>();
                    while (rows.next()) {
                        first.put(ids.get(rows.getInt("place") - 1), rows.getLong("first"));
                    }
                    return first;
                },
                new SqlArrayValue("text", ids.toArray()));
    }

    List<String> aggregatesOf(TopicPartition partition) {
        return database.sql(AGGREGATES_OF_PARTITION)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(String.class)
                .list();
    }

    /** Removes and returns what is parked of these aggregates, to be applied or parked again. */
    static List<FeedRecord> take(Pipeline transaction, Collection<String> aggregateIds) {
        return transaction
                .queryMany(
                        TAKE,
                        new RowMapperResultSetExtractor<>(ParkedEvents::record),
                        new SqlArrayValue("text", aggregateIds.toArray()))
                .get();
    }

    static void park(Pipeline transaction, List<Refused<FeedRecord>> refused) {
        if (refused.isEmpty()) {
            return;
        }
        // They may be very many, of any size: the driver cuts a batch into portions.
        transaction.call(connection -> {
            try (PreparedStatement rows = connection.prepareStatement(PARK)) {
                for (Refused<FeedRecord> one : refused) {
                    fill(rows, one);
                    rows.addBatch();
                }
                return rows.executeBatch();
            }
        });
    }

    private static void fill(PreparedStatement row, Refused<FeedRecord> refused) throws SQLException {
        FeedRecord record = refused.delivery();
        EventRecord event = record.event();
        row.setString(1, record.partition().topic());
        row.setInt(2, record.partition().partition());
        row.setLong(3, record.offset());
        row.setString(4, shortened(storable(record.aggregateId()), LONGEST_ID));
        row.setObject(5, event == null ? null : event.sequence(), Types.BIGINT);
        row.setString(6, shortened(storable(refused.reason()), LONGEST_REASON));
        row.setBytes(7, record.key());
        row.setString(8, Json.write(texts(record.headers())));
        row.setBytes(9, record.value());
        Instant parkedAt = record.parkedAt();
        row.setObject(10, parkedAt == null ? null : parkedAt.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    private static FeedRecord record(ResultSet row, int number) throws SQLException {
        Headers headers = new RecordHeaders();
        Json.mapper()
                .readTree(row.getString("headers"))
                .forEachEntry(
                        (name, value) -> headers.add(name, value.stringValue().getBytes(StandardCharsets.UTF_8)));
        TopicPartition partition = new TopicPartition(row.getString("topic"), row.getInt("partition"));
        return FeedRecord.of(
                partition,
                row.getLong("record_offset"),
                row.getBytes("record_key"),
                headers,
                row.getBytes("value"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant());
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

    private static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean splitsACharacter = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, splitsACharacter ? longest - 1 : longest);
    }
}
