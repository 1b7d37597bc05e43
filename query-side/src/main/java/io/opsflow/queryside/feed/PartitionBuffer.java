package io.opsflow.queryside.feed;

import io.opsflow.api.event.EventRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** The records of one partition that were read and are not applied: at most those of a poll and of one open request. */
final class PartitionBuffer {

    /** No request has so many events: one that stays open for longer will never end, and the rest must go on. */
    private static final int MOST_WAITING = 5_000;

    private final TopicPartition partition;
    private final List<FeedRecord> waiting = new ArrayList<>();
    private boolean positioned;
    private long nextOffset;

    PartitionBuffer(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    boolean isPositioned() {
        return positioned;
    }

    /** The offset that the read model is at. */
    long nextOffset() {
        return nextOffset;
    }

    void position(long offset) {
        waiting.clear();
        nextOffset = offset;
        positioned = true;
    }

    /** Forgets all: where to go on must be asked again. */
    void lose() {
        waiting.clear();
        positioned = false;
    }

    void add(FeedRecord record) {
        if (positioned) {
            waiting.add(record);
        }
    }

    void applied(Slice slice) {
        waiting.subList(0, slice.records().size()).clear();
        nextOffset = slice.to();
    }

    /**
     * What can be applied without showing half of a request.
     *
     * @param versions tells the read model's versions of the aggregates of these records
     */
    Optional<Slice> complete(Function<List<FeedRecord>, Map<String, Long>> versions) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        int end = end(Map.of());
        if (end < waiting.size()) {
            // A relay that was replaced may send a part of an old request again. Such a part has no end, nor needs one.
            end = end(versions.apply(waiting.subList(end, waiting.size())));
        }
        if (end == 0 && waiting.size() >= MOST_WAITING) {
            end = waiting.size();
        }
        return end == 0
                ? Optional.empty()
                : Optional.of(new Slice(
                        partition,
                        nextOffset,
                        waiting.get(end - 1).offset() + 1,
                        List.copyOf(waiting.subList(0, end))));
    }

    // Behind the last record where no request is open. Records that are known already open none.
    private int end(Map<String, Long> versions) {
        Map<String, Long> latest = new HashMap<>(versions);
        Set<String> open = new HashSet<>();
        int end = 0;
        for (int i = 0; i < waiting.size(); i++) {
            FeedRecord record = waiting.get(i);
            EventRecord event = record.event();
            if (event != null) {
                if (event.sequence() > latest.getOrDefault(event.aggregateId(), -1L)) {
                    if (event.requestLast()) {
                        open.remove(event.aggregateId());
                    } else {
                        open.add(event.aggregateId());
                    }
                }
                latest.merge(event.aggregateId(), event.sequence(), Math::max);
            }
            if (open.isEmpty()) {
                end = i + 1;
            }
        }
        return end;
    }
}
