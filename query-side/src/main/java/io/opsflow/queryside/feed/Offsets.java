package io.opsflow.queryside.feed;

import io.opsflow.queryside.table.Pipeline;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * How far the read model has come in each partition of the topic that has the name now. Everything throws KafkaException
 * while nobody has told which topic that is.
 */
final class Offsets {

    private static final String BEGIN = """
            insert into feed_offset (topic, topic_id, partition, next_offset) values (?, ?, ?, 0)
                on conflict do nothing
            """;

    private static final String LOCK = """
            select next_offset from feed_offset
             where topic = ? and topic_id = ? and partition = ?
               for update skip locked
            """;

    private static final String HOLD = """
            select next_offset from feed_offset where topic = ? and partition = ? for update
            """;

    // Rows are locked in their order, so that of two that want the same ones none waits for the other for ever.
    private static final String ADVANCE = """
            with moved as (
                select topic, topic_id, partition, told.next
                  from feed_offset
                  join unnest(?::int[], ?::bigint[], ?::bigint[]) as told (partition, held, next)
                 using (partition)
                 where topic = ? and topic_id = ? and next_offset = told.held
                 order by partition
                   for update of feed_offset)
            update feed_offset
               set next_offset = moved.next
              from moved
             where feed_offset.topic = moved.topic
               and feed_offset.topic_id = moved.topic_id
               and feed_offset.partition = moved.partition
            returning feed_offset.partition
            """;

    private static final String ALL = """
            select partition, next_offset from feed_offset
             where topic = :topic and topic_id = :topicId
             order by partition
            """;

    private static final String ANY_OF_ANOTHER = """
            select exists (select from feed_offset where (topic, topic_id) <> (:topic, :topicId))
            """;

    private final JdbcClient database;
    private final TopicIds topicIds;

    Offsets(JdbcClient database, TopicIds topicIds) {
        this.database = database;
        this.topicIds = topicIds;
    }

    /**
     * The offset to go on at, 0 at first. No other consumer gets past it before this transaction ends.
     *
     * @return empty where another transaction is under way in the partition
     */
    Optional<Long> lock(Pipeline transaction, TopicPartition partition) {
        String topic = partition.topic();
        String topicId = topicIds.current();
        transaction.update(BEGIN, topic, topicId, partition.partition());
        return transaction
                .query(
                        LOCK,
                        rows -> rows.next() ? Optional.of(rows.getLong(1)) : Optional.<Long>empty(),
                        topic,
                        topicId,
                        partition.partition())
                .get();
    }

    /** No consumer gets past it before this transaction ends, whichever topic of the name it reads. */
    void hold(Pipeline transaction, TopicPartition partition) {
        transaction.query(HOLD, ResultSet::next, partition.topic(), partition.partition());
    }

    /**
     * Moves on behind these slices, of one topic and of a partition each. The transaction ends with a FencedException
     * where the read model is not at the beginning of one.
     */
    void advance(Pipeline transaction, List<Slice> slices) {
        transaction.query(
                ADVANCE,
                rows -> {
                    Set<Integer> moved = new HashSet<>();
                    while (rows.next()) {
                        moved.add(rows.getInt(1));
                    }
                    requireAll(slices, moved);
                    return moved;
                },
                array("integer", slices, slice -> slice.partition().partition()),
                array("bigint", slices, Slice::from),
                array("bigint", slices, Slice::to),
                slices.getFirst().partition().topic(),
                topicIds.current());
    }

    private static void requireAll(List<Slice> slices, Set<Integer> moved) {
        for (Slice slice : slices) {
            if (!moved.contains(slice.partition().partition())) {
                throw new FencedException(slice.partition(), slice.from());
            }
        }
    }

    private static SqlArrayValue array(String type, List<Slice> slices, Function<Slice, Object> value) {
        return new SqlArrayValue(type, slices.stream().map(value).toArray());
    }

    /** Where the read model is in each partition that it has begun; needs no transaction. */
    Map<TopicPartition, Long> all(String topic) {
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        database.sql(ALL)
                .param("topic", topic)
                .param("topicId", topicIds.current())
                .query(row -> {
                    offsets.put(new TopicPartition(topic, row.getInt("partition")), row.getLong("next_offset"));
                });
        return offsets;
    }

    /** Whether the read model has anything from another topic than this one. */
    boolean haveAnother(String topic) {
        return database.sql(ANY_OF_ANOTHER)
                .param("topic", topic)
                .param("topicId", topicIds.current())
                .query(Boolean.class)
                .single();
    }
}
