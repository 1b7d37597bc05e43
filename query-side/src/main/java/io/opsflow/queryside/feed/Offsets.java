package io.opsflow.queryside.feed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far the read model has come in each partition of the topic that has the name now. Needs a transaction where
 * nothing else is said. Everything throws KafkaException while nobody has told which topic that is.
 */
final class Offsets {

    private static final String BEGIN = """
            insert into feed_offset (topic, topic_id, partition, next_offset) values (:topic, :topicId, :partition, 0)
                on conflict do nothing
            """;

    private static final String LOCK = """
            select next_offset from feed_offset
             where topic = :topic and topic_id = :topicId and partition = :partition
               for update skip locked
            """;

    private static final String HOLD = """
            select next_offset from feed_offset where topic = :topic and partition = :partition for update
            """;

    // Rows are locked in their order, so that of two that want the same ones none waits for the other for ever.
    private static final String ADVANCE = """
            with moved as (
                select partition, told.next
                  from feed_offset
                  join unnest(:partitions::int[], :from::bigint[], :to::bigint[]) as told (partition, held, next)
                 using (partition)
                 where topic = :topic and topic_id = :topicId and next_offset = told.held
                 order by partition
                   for update of feed_offset)
            update feed_offset
               set next_offset = moved.next
              from moved
             where topic = :topic and topic_id = :topicId and feed_offset.partition = moved.partition
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
    Optional<Long> lock(TopicPartition partition) {
        statement(BEGIN, partition).update();
        return statement(LOCK, partition).query(Long.class).optional();
    }

    /** No consumer gets past it before this transaction ends, whichever topic of the name it reads. */
    void hold(TopicPartition partition) {
        database.sql(HOLD)
                .param("topic", partition.topic())
                .param("partition", partition.partition())
                .query(Long.class)
                .list();
    }

    /**
     * Moves on behind these slices, of one topic and of a partition each.
     *
     * @throws FencedException where the read model is not at the beginning of one
     */
    void advance(List<Slice> slices) {
        Set<Integer> moved = database.sql(ADVANCE)
                .param("topic", slices.getFirst().partition().topic())
                .param("topicId", topicIds.current())
                .param(
                        "partitions",
                        slices.stream()
                                .map(slice -> slice.partition().partition())
                                .toArray(Integer[]::new))
                .param("from", slices.stream().map(Slice::from).toArray(Long[]::new))
                .param("to", slices.stream().map(Slice::to).toArray(Long[]::new))
                .query(Integer.class)
                .set();
        for (Slice slice : slices) {
            if (!moved.contains(slice.partition().partition())) {
                throw new FencedException(slice.partition(), slice.from());
            }
        }
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

    private JdbcClient.StatementSpec statement(String sql, TopicPartition partition) {
        return database.sql(sql)
                .param("topic", partition.topic())
                .param("topicId", topicIds.current())
                .param("partition", partition.partition());
    }
}
