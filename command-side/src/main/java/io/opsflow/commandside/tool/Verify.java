package io.opsflow.commandside.tool;

import io.opsflow.commandside.eventstore.ChainAudit;
import io.opsflow.commandside.eventstore.ChainReport;
import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.commandside.relay.TopicExtent;
import io.opsflow.commandside.relay.TopicRecords;
import io.opsflow.web.tool.Options;
import io.opsflow.web.tool.Progress;
import io.opsflow.web.tool.Tool;
import io.opsflow.web.tool.ToolFailure;
import io.opsflow.web.tool.ToolSettings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the hash chain, an earlier head, the hashes on the topic, and whether all is there that the broker has
 * acknowledged. Exit code 1 where any of them tells of a change or a loss.
 */
final class Verify implements Tool {

    private static final int WHOLE = 0;
    private static final int NOT_WHOLE = 1;

    @Override
    public List<String> options() {
        return List.of("head");
    }

    @Override
    public int run(Options options, ToolSettings settings, PrintStream out) throws SQLException {
        Optional<Head> earlier = options.get("head").map(Head::parse);
        Optional<RelaySettings> relay = CommandSideTools.relayIfAny(settings);
        EventStoreSettings eventStore = CommandSideTools.eventStore(settings);
        // First the topic, then the store: whatever was on the topic was in the store before.
        try (AuditedTopic topic = relay.isPresent() ? AuditedTopic.open(relay.get(), eventStore) : null;
                StoreSnapshot store = StoreSnapshot.open(eventStore)) {
            return check(store, earlier, topic, out);
        }
    }

    /**
     * What is on the topic and what has to be.
     *
     * @param extent from before it was looked where the topic ends, so it has all of it, whoever is at work meanwhile
     */
    private record AuditedTopic(TopicRecords records, TopicExtent extent) implements AutoCloseable {

        static AuditedTopic open(RelaySettings relay, EventStoreSettings eventStore) throws SQLException {
            TopicExtent extent;
            try (StoreSnapshot before = StoreSnapshot.open(eventStore)) {
                extent = TopicExtent.of(relay, before);
            }
            TopicRecords records = TopicRecords.open(relay);
            if (!records.exists()) {
                records.close();
                throw new ToolFailure(
                        "There is no topic %s to compare; unset OPSFLOW_KAFKA_BOOTSTRAP to check the store alone."
                                .formatted(relay.topic()));
            }
            return new AuditedTopic(records, extent);
        }

        @Override
        public void close() {
            records.close();
        }
    }

    private static int check(StoreSnapshot store, Optional<Head> earlier, @Nullable AuditedTopic topic, PrintStream out)
            throws SQLException {
        List<String> findings = new ArrayList<>();
        Progress checking = new Progress(out, "checked");
        ChainReport chain = ChainAudit.of(store, checking::at);
        out.println(checking.line(chain.events()));
        out.println("head " + new Head(chain.head(), chain.headHash()));
        if (chain.firstBreak() != null) {
            findings.add(chain.firstBreak());
            if (chain.breaks() > 1) {
                findings.add("the chain breaks at %d places in all".formatted(chain.breaks()));
            }
        }
        if (earlier.isPresent()) {
            out.println("compared the head of then, event " + earlier.get().index());
            compare(earlier.get(), chain, store).ifPresent(findings::add);
        }
        List<String> losses = List.of();
        if (topic != null) {
            TopicComparison comparison = new TopicComparison(store, chain.head(), topic.extent());
            Progress comparing = new Progress(out, "compared");
            TopicRecords onTopic = topic.records();
            for (List<TopicRecords.Entry> next = onTopic.next(); !next.isEmpty(); next = onTopic.next()) {
                comparison.accept(next);
                comparing.at(comparison.records());
            }
            out.println(comparing.line(comparison.records()) + " on the topic");
            findings.addAll(comparison.findings());
            losses = comparison.losses();
        }
        findings.forEach(out::println);
        losses.forEach(out::println);
        out.println(verdict(findings.isEmpty(), losses.isEmpty()));
        return findings.isEmpty() && losses.isEmpty() ? WHOLE : NOT_WHOLE;
    }

    private static String verdict(boolean storeIsWhole, boolean topicIsWhole) {
        if (!storeIsWhole) {
            return "THE STORE IS NOT WHOLE";
        }
        return topicIsWhole ? "the store is whole" : "THE TOPIC IS NOT WHOLE";
    }

    private static Optional<String> compare(Head earlier, ChainReport chain, StoreSnapshot store) throws SQLException {
        if (earlier.index() > chain.head()) {
            return Optional.of("the tail was cut: the store ends at event %d, the head given was event %d"
                    .formatted(chain.head(), earlier.index()));
        }
        String now = earlier.index() == 0
                ? "0".repeat(earlier.hash().length())
                : store.hashes(List.of(earlier.index())).getOrDefault(earlier.index(), "none");
        return now.equals(earlier.hash())
                ? Optional.empty()
                : Optional.of(
                        "the chain was computed anew at or before event %d: its hash is %s, that of the head given was %s"
                                .formatted(earlier.index(), now, earlier.hash()));
    }
}
