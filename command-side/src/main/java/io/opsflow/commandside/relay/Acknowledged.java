package io.opsflow.commandside.relay;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The last offsets that the broker has given. They never go back on one topic: where they do, it was made anew or has
 * lost its end while the relay was at work. For one thread at a time.
 */
final class Acknowledged {

    private final Map<Integer, Long> offsets = new HashMap<>();
    private long look = -1;

    /** @param look that has found the topic to be the right one; what was before it counts no more */
    void since(long look) {
        if (look != this.look) {
            this.look = look;
            offsets.clear();
        }
    }

    /** @throws IllegalStateException where the topic cannot have all the records that were acknowledged before */
    void add(RecordMetadata taken) {
        if (!taken.hasOffset()) {
            return; // of a record that was sent twice, as the broker's first answer was lost
        }
        Long before = offsets.put(taken.partition(), taken.offset());
        if (before != null && taken.offset() <= before) {
            throw new IllegalStateException(
                    "offset %d of partition %d was given after %d: the topic is another one or has lost its end"
                            .formatted(taken.offset(), taken.partition(), before));
        }
    }
}
