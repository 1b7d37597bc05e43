package io.opsflow.queryside.feed;

import io.opsflow.api.event.EventRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of one partition that stand behind each other and end where requests end.
 *
 * @param from the offset that the read model must be at
 * @param to the offset that it is at then
 */
record Slice(TopicPartition partition, long from, long to, List<FeedRecord> records) {

    /** The same in pieces, each as small as requests allow. */
    List<Slice> pieces() {
        List<Slice> pieces = new ArrayList<>();
        List<FeedRecord> piece = new ArrayList<>();
        long start = from;
        for (FeedRecord record : records) {
            piece.add(record);
            EventRecord event = record.event();
            if (event == null || event.requestLast()) {
                pieces.add(new Slice(partition, start, record.offset() + 1, List.copyOf(piece)));
                start = record.offset() + 1;
                piece.clear();
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(new Slice(partition, start, to, List.copyOf(piece)));
        }
        return pieces;
    }
}
