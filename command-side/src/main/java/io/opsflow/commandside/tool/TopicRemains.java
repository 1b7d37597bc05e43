package io.opsflow.commandside.tool;

import io.opsflow.commandside.eventstore.ChainAudit;
import io.opsflow.commandside.eventstore.ChainReport;
import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.eventstore.tail.ClaimedPosition;
import io.opsflow.commandside.relay.TopicExtent;
import io.opsflow.commandside.relay.TopicRecords;
import io.opsflow.commandside.relay.TopicRecords.Entry;
import io.opsflow.web.tool.Progress;
import io.opsflow.web.tool.ToolFailure;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;

/**
 * What is left of a topic that is to be made anew. It may be the only copy of what the store does not have: so all of it
 * is held against the store, and the store against its chain, before it is deleted.
 */
final class TopicRemains {

    private static final Duration EXTEND_CLAIM = Duration.ofSeconds(2);

    private final ClaimedPosition position;
    private final Progress progress;
    private long extended = System.nanoTime();

    private TopicRemains(ClaimedPosition position, Progress progress) {
        this.position = position;
        this.progress = progress;
    }

    /**
     * Whether the topic has lost anything; where it has not there is nothing to be made anew.
     *
     * @param extent what the topic has acknowledged
     * @throws ToolFailure where something would be lost with the topic, or it could not be made of the store
     */
    static boolean lackAny(
            String topic,
            TopicRecords records,
            TopicExtent extent,
            StoreSnapshot store,
            ClaimedPosition position,
            PrintStream out)
            throws SQLException {
        try {
            long head = head(topic, store, position, out);
            TopicComparison comparison = compare(records, new TopicComparison(store, head, extent), position, out);
            refuse(topic, comparison);
            List<String> losses = comparison.losses();
            losses.forEach(out::println);
            position.extend(); // nobody else has begun to fill it
            return !losses.isEmpty();
        } catch (UnableToClaimTokenException e) {
            throw new ToolFailure("A relay has taken over; the topic %s is left as it is.".formatted(topic));
        }
    }

    private static long head(String topic, StoreSnapshot store, ClaimedPosition position, PrintStream out)
            throws SQLException {
        Progress checking = new Progress(out, "checked");
        ChainReport chain = ChainAudit.of(store, new TopicRemains(position, checking)::at);
        out.println(checking.line(chain.events()));
        if (chain.firstBreak() != null) {
            throw new ToolFailure("The topic %s is left as it is, for the event store is not whole: %s. See verify"
                    .formatted(topic, chain.firstBreak()));
        }
        return chain.head();
    }

    private static TopicComparison compare(
            TopicRecords records, TopicComparison comparison, ClaimedPosition position, PrintStream out)
            throws SQLException {
        Progress comparing = new Progress(out, "compared");
        TopicRemains remains = new TopicRemains(position, comparing);
        for (List<Entry> next = records.next(); !next.isEmpty(); next = records.next()) {
            comparison.accept(next);
            remains.at(comparison.records());
        }
        out.println(comparing.line(comparison.records()) + " on the topic");
        return comparison;
    }

    private static void refuse(String topic, TopicComparison comparison) {
        if (comparison.firstDifference() != null) {
            throw new ToolFailure(
                    "The topic %s is left as it is, for it has what the event store does not: %s. List it: lost. Then say what to trust: reconcile --trust topic or store"
                            .formatted(topic, comparison.firstDifference()));
        }
        if (comparison.firstForeign() != null) {
            throw new ToolFailure("The topic %s is left as it is, for others write to it too: %s; choose another name."
                    .formatted(topic, comparison.firstForeign()));
        }
    }

    private void at(long events) {
        progress.at(events);
        if (System.nanoTime() - extended > EXTEND_CLAIM.toNanos()) {
            extended = System.nanoTime();
            position.extend();
        }
    }
}
