package io.opsflow.commandside.relay;

import java.util.BitSet;
import java.util.TreeMap;

/** Which of the events that a topic has taken are not on it any more: a bit of memory for each that is. */
public final class TopicHoles {

    /** Places of one set of bits: as many as are worth a set of their own where few are found. */
    private static final int TOGETHER = 1 << 16;

    private final TopicExtent extent;
    private final TreeMap<Long, BitSet> found = new TreeMap<>();
    private long count;

    public TopicHoles(TopicExtent extent) {
        this.extent = extent;
    }

    /** That this event is on the topic, once or several times. */
    public void found(long index) {
        if (!extent.contains(index)) {
            return; // sent meanwhile; or the topic was chosen to begin later
        }
        BitSet places = found.computeIfAbsent(index / TOGETHER, number -> new BitSet(TOGETHER));
        int place = (int) (index % TOGETHER);
        if (!places.get(place)) {
            places.set(place);
            count++;
        }
    }

    /** How many are missing of all there should be. */
    public long missing() {
        return extent.events() - count;
    }

    /** The first of them. Asked only where there is one. */
    public long first() {
        long index = extent.first();
        while (found.containsKey(index / TOGETHER)) {
            long set = index / TOGETHER;
            int next = found.get(set).nextClearBit((int) (index % TOGETHER));
            if (next < TOGETHER) {
                return set * TOGETHER + next;
            }
            index = (set + 1) * TOGETHER;
        }
        return index;
    }
}
