package io.opsflow.queryside.feed;

import org.apache.kafka.common.TopicPartition;

/** The read model is not where this consumer left it: another one has gone on, or it is another generation. */
final class FencedException extends RuntimeException {

    private final transient TopicPartition partition;

    FencedException(TopicPartition partition, long from) {
        super(
                "the read model is not at offset %2$d of %1$s: another consumer has gone on, or another generation took its place"
                        .formatted(partition, from));
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }
}
