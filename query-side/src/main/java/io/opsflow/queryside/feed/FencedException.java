package io.opsflow.queryside.feed;

import org.apache.kafka.common.TopicPartition;

/** The read model is not where this consumer left it: another one has gone on with the partition. */
final class FencedException extends RuntimeException {

    private final transient TopicPartition partition;

    FencedException(TopicPartition partition, long from) {
        super("%s was taken over by another consumer: the read model is not at offset %d".formatted(partition, from));
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }
}
