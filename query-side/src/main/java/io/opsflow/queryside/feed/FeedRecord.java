package io.opsflow.queryside.feed;

import io.cloudevents.kafka.KafkaMessageFactory;
import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.log.EventLog;
import io.opsflow.queryside.projection.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came, and what could be read of it.
 *
 * @param event null where it is not readable, or the log could not take it
 * @param problem why there is none
 * @param parkedAt since when it has been parked; null where it comes from the topic
 */
record FeedRecord(
        TopicPartition partition,
        long offset,
        byte @Nullable [] key,
        Headers headers,
        byte @Nullable [] value,
        @Nullable EventRecord event,
        String problem,
        @Nullable Instant parkedAt)
        implements Delivery {

    static FeedRecord of(ConsumerRecord<byte[], byte[]> raw) {
        return of(
                new TopicPartition(raw.topic(), raw.partition()),
                raw.offset(),
                raw.key(),
                raw.headers(),
                raw.value(),
                null);
    }

    static FeedRecord of(
            TopicPartition partition,
            long offset,
            byte @Nullable [] key,
            Headers headers,
            byte @Nullable [] value,
            @Nullable Instant parkedAt) {
        try {
            EventRecord event = EventRecord.from(KafkaMessageFactory.createReader(headers, value));
            if (event.sequence() < 0) {
                throw new IllegalArgumentException("the sequence is negative");
            }
            EventLog.requireStorable(event);
            return new FeedRecord(partition, offset, key, headers, value, event, "", parkedAt);
        } catch (RuntimeException e) {
            // Anybody's bytes may stand on a topic, and each part of reading them fails in its own way.
            return new FeedRecord(partition, offset, key, headers, value, null, "not a readable event: " + e, parkedAt);
        }
    }

    @Override
    public String aggregateId() {
        if (event != null) {
            return event.aggregateId();
        }
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }
}
