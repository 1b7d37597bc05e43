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
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The records that could not be applied, kept whole. They are tried again when an event comes that stands before them,
 * when a consumer takes up their partition, and when somebody asks.
 */
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

    // An id has a row in one of the tables at most.
    private static final String MAY_GO_ON = """
            select aggregate_id
              from (select aggregate_id, min(sequence) as first, bool_or(sequence is null) as is_unread
                      from parked_event
                     where topic = :topic and partition = :partition
                     group by aggregate_id) as parked
              left join task on task.task_id = aggregate_id
              left join task_category on task_category.category_id = aggregate_id
              left join task_type on task_type.task_type_id = aggregate_id
             where is_unread
                or first <= coalesce(task.version, task_category.version, task_type.version, -1) + 1
            """;

    private static final String IS_ANY = "select exists (select from parked_event where aggregate_id = :aggregateId)";

    private static final String FIRST = """
            select topic, partition, record_offset, record_key, headers, value, parked_at
              from parked_event
             where aggregate_id = ? and sequence is not null
             order by sequence, topic, partition, record_offset
             limit ?
            """;

    // Locked: whoever reads them at the same time applies and removes them, and they must not be parked again behind
    // that.
    private static final String UNREAD = """
            select topic, partition, record_offset, record_key, headers, value, parked_at
              from parked_event
             where aggregate_id = ? and sequence is null and (topic, partition, record_offset) > (?, ?, ?)
             order by topic, partition, record_offset
             limit ?
               for update
            """;

    private static final String REMOVE = """
            delete from parked_event
             using unnest(?::text[], ?::integer[], ?::bigint[]) as gone (topic, partition, record_offset)
             where parked_event.topic = gone.topic
               and parked_event.partition = gone.partition
               and parked_event.record_offset = gone.record_offset
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

    /** Aggregates with events of this partition of which the first may fit now, and those with what could not be read. */
    List<String> thatMayGoOn(TopicPartition partition) {
        return database.sql(MAY_GO_ON)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(String.class)
                .list();
    }

    /** @param aggregateId an id, or the beginning of a key under which something is parked */
    boolean isAny(String aggregateId) {
        return database.sql(IS_ANY)
                .param("aggregateId", aggregateId)
                .query(Boolean.class)
                .single();
    }

    /** The first events that are parked of an aggregate, in their order. */
    static List<FeedRecord> first(Pipeline transaction, String aggregateId, int atMost) {
        return transaction
                .queryMany(FIRST, new RowMapperResultSetExtractor<>(ParkedEvents::record), aggregateId, atMost)
                .get();
    }

    /**
     * What could not be read when it was parked under this id or key.
     *
     * @param last of the portion before; null for the first one
     */
    static List<FeedRecord> unread(Pipeline transaction, String aggregateId, @Nullable FeedRecord last, int atMost) {
        return transaction
                .queryMany(
                        UNREAD,
                        new RowMapperResultSetExtractor<>(ParkedEvents::record),
                        aggregateId,
                        last == null ? "" : last.partition().topic(),
                        last == null ? 0 : last.partition().partition(),
                        last == null ? 0L : last.offset(),
                        atMost)
                .get();
    }

    static void remove(Pipeline transaction, List<FeedRecord> records) {
        transaction.update(
                REMOVE,
                array("text", records, record -> record.partition().topic()),
                array("integer", records, record -> record.partition().partition()),
                array("bigint", records, FeedRecord::offset));
    }

    private static SqlArrayValue array(String type, List<FeedRecord> records, Function<FeedRecord, Object> value) {
        return new SqlArrayValue(type, records.stream().map(value).toArray());
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
