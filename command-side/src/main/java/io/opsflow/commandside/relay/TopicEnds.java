package io.opsflow.commandside.relay;

import io.opsflow.commandside.relay.TopicRecords.Entry;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;

/**
 * The events at the ends of the topic's partitions.
 *
 * @param events their hashes, as the records say them, by their indexes
 */
public record TopicEnds(NavigableMap<Long, String> events) {

    /**
     * Of each partition. What stands out of order there was sent late by a relay that was replaced: one batch at most,
     * which is shorter.
     */
    private static final int RECORDS = 600;

    /** @throws KafkaException where the broker does not answer */
    public static TopicEnds read(RelaySettings settings) {
        TreeMap<Long, String> events = new TreeMap<>();
        try (TopicRecords records = TopicRecords.openAtTheEnds(settings, RECORDS)) {
            for (List<Entry> next = records.next(); !next.isEmpty(); next = records.next()) {
                for (Entry entry : next) {
                    if (entry.index() != null) {
                        events.put(entry.index(), entry.hash());
                    }
                }
            }
        }
        return new TopicEnds(events);
    }

    /** The last event on the topic; 0 where it has none. */
    public long last() {
        return events.isEmpty() ? 0 : events.lastKey();
    }
}
