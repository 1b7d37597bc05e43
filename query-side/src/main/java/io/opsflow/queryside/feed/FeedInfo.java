package io.opsflow.queryside.feed;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the read model has come, over all processes that follow the topic.
 *
 * @param partitions none until this process has reached the broker once
 * @param parkedCount all events that are parked
 * @param parked the oldest of them, at most {@value FeedDesk#MOST_SHOWN}
 */
public record FeedInfo(String topic, List<Partition> partitions, long parkedCount, List<Parked> parked) {

    /**
     * @param nextOffset of the first record that is neither applied nor parked
     * @param endOffset where the partition ends, and how many records lie between; null while the broker is away
     */
    public record Partition(
            int partition,
            long nextOffset,
            @Nullable Long endOffset,
            @Nullable Long lag) {}

    /**
     * @param sequence null where it cannot be read
     * @param reason why it could not be applied
     */
    public record Parked(
            String aggregateId, @Nullable Long sequence, int partition, long offset, String reason, String parkedAt) {}
}
