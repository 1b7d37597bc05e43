package io.opsflow.queryside.feed;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the read model has come in each partition. Needs a transaction where nothing else is said. */
final class Offsets {

    private static final String BEGIN = """
            insert into feed_offset (topic, partition, next_offset) values (:topic, :partition, 0)
                on conflict do nothing
            """;

    private static final String LOCK = """
            select next_offset from feed_offset where topic = :topic and partition = :partition for update
            """;

    private static final String ADVANCE = """
            update feed_offset
               set next_offset = :to
             where topic = :topic and partition = :partition and next_offset = :from
            """;

    private static final String ALL = """
            select partition, next_offset from feed_offset where topic = :topic order by partition
            """;

    private final JdbcClient database;

    Offsets(JdbcClient database) {
        this.database = database;
    }

    /** The offset to go on at, 0 at first. No other consumer gets past it before this transaction ends. */
    long lock(TopicPartition partition) {
        statement(BEGIN, partition).update();
        return statement(LOCK, partition).query(Long.class).single();
    }

    /** @throws FencedException where the read model is not at {@code from} */
    void advance(TopicPartition partition, long from, long to) {
        int rows = statement(ADVANCE, partition)
                .param("from", from)
                .param("to", to)
                .update();
        if (rows == 0) {
            throw new FencedException(partition, from);
        }
    }

    /** Where the read model is in each partition that it has begun; needs no transaction. */
    Map<TopicPartition, Long> all(String topic) {
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        database.sql(ALL).param("topic", topic).query(row -> {
            offsets.put(new TopicPartition(topic, row.getInt("partition")), row.getLong("next_offset"));
        });
        return offsets;
    }

    private JdbcClient.StatementSpec statement(String sql, TopicPartition partition) {
        return database.sql(sql).param("topic", partition.topic()).param("partition", partition.partition());
    }
}
