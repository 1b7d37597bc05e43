package io.opsflow.commandside.relay;

import io.opsflow.commandside.eventstore.StoreTrust;
import io.opsflow.commandside.relay.TopicRecords.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;

/**
 * The events at the ends of the topic's partitions.
 *
 * @param events their hashes, as the records say them, by their indexes
 * @param partitions how many there are
 * @param lasts the last event of each partition; 0 where it never had a record, nothing where it has none any more
 * @param complete the index behind which each partition's events are all among these; nothing where that is not known
 */
public record TopicEnds(
        NavigableMap<Long, String> events, int partitions, Map<Integer, Long> lasts, Map<Integer, Long> complete) {

    /** What stands out of order was sent late by a relay that was replaced: one batch at most, which is shorter. */
    private static final int LATE = 600;

    /** Of each partition: so many that as many may be late, and a batch may stand behind what is lost. */
    private static final int RECORDS = 2 * LATE;

    /** No more than the records of a partition, so that an event is among them wherever it stands. */
    private static final int SENT = 600;

    /** @throws KafkaException where the broker does not answer */
    public static TopicEnds read(RelaySettings settings) {
        TreeMap<Long, String> events = new TreeMap<>();
        Map<Integer, Long> lasts = new HashMap<>();
        Map<Integer, List<Entry>> read = new HashMap<>();
        try (TopicRecords records = TopicRecords.openAtTheEnds(settings, RECORDS)) {
            Map<Integer, Long> taken = records.taken();
            taken.forEach((partition, count) -> {
                if (count == 0) {
                    lasts.put(partition, 0L);
                }
            });
            for (List<Entry> next = records.next(); !next.isEmpty(); next = records.next()) {
                for (Entry entry : next) {
                    read.computeIfAbsent(entry.partition(), partition -> new ArrayList<>())
                            .add(entry);
                    if (entry.index() != null) {
                        events.put(entry.index(), entry.hash());
                        lasts.merge(entry.partition(), entry.index(), Math::max);
                    }
                }
            }
            Map<Integer, Long> complete = new HashMap<>();
            taken.forEach((partition, count) -> complete(read.getOrDefault(partition, List.of()), count)
                    .ifPresent(index -> complete.put(partition, index)));
            return new TopicEnds(events, taken.size(), lasts, complete);
        }
    }

    /**
     * The index behind which no event of a partition stands before the records that were read of it. Of lower ones only
     * those that were sent late stand behind an event, and these are not so many.
     *
     * @param taken how many records the partition has ever taken
     */
    static OptionalLong complete(List<Entry> read, long taken) {
        if (read.size() == taken) {
            return OptionalLong.of(0); // from its beginning
        }
        return read.stream()
                .map(Entry::index)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sorted()
                .skip(LATE)
                .findFirst();
    }

    /** The last event that the topic has; 0 where it has none. */
    public long last() {
        return events.isEmpty() ? 0 : events.lastKey();
    }

    /**
     * An event that the topic had and has no more, the last one if there are several: its partition ends before it, or
     * goes on behind it without it. Only the last events up to the position are looked for; where none of them is a
     * partition's, nobody knows.
     *
     * @param first the event that the topic begins with, or one before it
     * @param position of the relay, as it was before the topic was read; the broker has acknowledged all up to here
     */
    public OptionalLong lost(long first, long position, StoreTrust store) {
        if (position < first) {
            return OptionalLong.empty();
        }
        if (last() < position) {
            return OptionalLong.of(position);
        }
        return lost(store.aggregates(position - SENT, position));
    }

    /**
     * Asked where some events are left. What stands before all of them is taken for what the topic never had.
     *
     * @param sent the aggregates of events that were acknowledged, by their indexes
     */
    OptionalLong lost(Map<Long, String> sent) {
        return sent.entrySet().stream()
                .filter(event -> event.getKey() > events.firstKey() && isLost(event.getKey(), event.getValue()))
                .mapToLong(Map.Entry::getKey)
                .max();
    }

    /** It may stand in another partition than its own, where the topic had fewer when it was sent. */
    private boolean isLost(long event, String aggregateId) {
        int partition = partition(aggregateId);
        return !events.containsKey(event)
                && (lasts.getOrDefault(partition, Long.MAX_VALUE) < event
                        || complete.getOrDefault(partition, Long.MAX_VALUE) < event);
    }

    /** As the relay's producer chooses it. */
    private int partition(String aggregateId) {
        return BuiltInPartitioner.partitionForKey(aggregateId.getBytes(StandardCharsets.UTF_8), partitions);
    }
}
