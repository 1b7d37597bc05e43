package io.opsflow.queryside.feed;

import io.opsflow.api.json.Timestamps;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an admin may ask of the feed and do for it, in any process. */
public final class FeedDesk {

    static final int MOST_SHOWN = 1_000;

    private static final Logger log = LoggerFactory.getLogger(FeedDesk.class);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final String PARKED = """
            select aggregate_id, sequence, partition, record_offset, reason, parked_at
              from parked_event
             order by parked_at, partition, record_offset
             limit :most
            """;

    private final String topic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Offsets offsets;
    private final FeedTransactions readModel;
    private final JdbcClient database;

    FeedDesk(
            String topic,
            Supplier<Consumer<byte[], byte[]>> consumers,
            Offsets offsets,
            FeedTransactions readModel,
            JdbcClient database) {
        this.topic = topic;
        this.consumers = consumers;
        this.offsets = offsets;
        this.readModel = readModel;
        this.database = database;
    }

    /** As it is now. */
    public FeedInfo info() {
        Map<TopicPartition, Long> next = next();
        Map<TopicPartition, Long> ends = ends(next);
        List<FeedInfo.Partition> partitions = next.keySet().stream()
                .map(partition -> {
                    long from = next.get(partition);
                    Long end = ends.get(partition);
                    return new FeedInfo.Partition(
                            partition.partition(), from, end, end == null ? null : Math.max(0, end - from));
                })
                .toList();
        List<FeedInfo.Parked> parked = database.sql(PARKED)
                .param("most", MOST_SHOWN)
                .query((row, number) -> new FeedInfo.Parked(
                        row.getString("aggregate_id"),
                        row.getObject("sequence", Long.class),
                        row.getInt("partition"),
                        row.getLong("record_offset"),
                        row.getString("reason"),
                        Timestamps.format(
                                row.getObject("parked_at", OffsetDateTime.class).toInstant())))
                .list();
        return new FeedInfo(topic, partitions, readModel.parked().events(), parked);
    }

    /**
     * Tries what is parked of an aggregate again; what still cannot be applied stays parked.
     *
     * @return false where nothing is parked of it
     */
    public boolean retry(String aggregateId) {
        if (!readModel.isParked(aggregateId)) {
            return false;
        }
        Resumption resumption = new Resumption(readModel);
        resumption.add(List.of(aggregateId));
        resumption.finish();
        return true;
    }

    private Map<TopicPartition, Long> next() {
        try {
            return offsets.all(topic);
        } catch (KafkaException e) {
            log.debug("the broker has not said yet which topic it is", e);
            return Map.of();
        }
    }

    private Map<TopicPartition, Long> ends(Map<TopicPartition, Long> partitions) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(partitions.keySet()); // else it warns of each that it is not its own
            return consumer.endOffsets(partitions.keySet(), PATIENCE);
        } catch (KafkaException e) {
            log.debug("the broker does not say where the topic ends", e);
            return Map.of();
        }
    }
}
