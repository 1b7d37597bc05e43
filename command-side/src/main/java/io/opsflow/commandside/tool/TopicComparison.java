package io.opsflow.commandside.tool;

import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.relay.TopicExtent;
import io.opsflow.commandside.relay.TopicHoles;
import io.opsflow.commandside.relay.TopicRecords.Entry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds the hash of each record against the one that the store has at its place, and the records against what the broker
 * has acknowledged. Remembers the first difference of each kind.
 */
final class TopicComparison {

    private final StoreSnapshot store;
    private final long head;
    private final TopicHoles holes;
    private long records;
    private long differing;
    private long first = Long.MAX_VALUE;
    private @Nullable String firstDifference;
    private long foreign;
    private @Nullable String firstForeign;

    /** @param extent of the topic, from before it was looked where it ends */
    TopicComparison(StoreSnapshot store, long head, TopicExtent extent) {
        this.store = store;
        this.head = head;
        this.holes = new TopicHoles(extent);
    }

    void accept(List<Entry> batch) throws SQLException {
        TreeSet<Long> indexes = new TreeSet<>();
        for (Entry entry : batch) {
            if (entry.index() != null) {
                indexes.add(entry.index());
            }
        }
        Map<Long, String> hashes = store.hashes(indexes);
        for (Entry entry : batch) {
            records++;
            Long index = entry.index();
            if (index == null) {
                foreign(entry);
                continue;
            }
            holes.found(index);
            if (!Objects.equals(hashes.get(index), entry.hash())) {
                differs(index, hashes.get(index));
            }
        }
    }

    long records() {
        return records;
    }

    /** In words, each of them a sign that the store or the topic was tampered with; empty where all is the same. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        if (firstDifference != null) {
            findings.add(firstDifference);
            findings.add("%d records on the topic differ from the store in all".formatted(differing));
        }
        if (firstForeign != null) {
            findings.add(firstForeign);
            findings.add("%d records on the topic are no events of OpsFlow in all".formatted(foreign));
        }
        return findings;
    }

    /** In words, what the topic has and the store does not; null where there is nothing. */
    @Nullable
    String firstDifference() {
        return firstDifference;
    }

    /** In words, what others have written; null where there is nothing. */
    @Nullable
    String firstForeign() {
        return firstForeign;
    }

    /** In words, each of them a sign that the topic has lost something; empty where it has all that it has acknowledged. */
    List<String> losses() {
        long missing = holes.missing();
        return missing == 0
                ? List.of()
                : List.of(
                        "event %d is not on the topic, which had acknowledged it".formatted(holes.first()),
                        "%d events are missing on the topic in all".formatted(missing));
    }

    private void foreign(Entry entry) {
        foreign++;
        if (firstForeign == null) {
            firstForeign = "the record at %s is no event of OpsFlow".formatted(entry.place());
        }
    }

    private void differs(long index, @Nullable String stored) {
        differing++;
        if (index >= first) {
            return;
        }
        first = index;
        if (index > head) {
            firstDifference =
                    "the tail was cut: the store ends at event %d, the topic has event %d".formatted(head, index);
        } else if (stored == null) {
            firstDifference = "event %d was removed: the topic has it".formatted(index);
        } else {
            firstDifference = "the chain was computed anew: event %d has another hash on the topic".formatted(index);
        }
    }
}
