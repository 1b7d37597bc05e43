package io.opsflow.commandside.tool;

import io.opsflow.commandside.eventstore.ClaimedPosition;
import io.opsflow.commandside.eventstore.EventStoreSettings;
import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.commandside.relay.Republication;
import io.opsflow.commandside.relay.TopicRecords;
import io.opsflow.web.tool.Options;
import io.opsflow.web.tool.Progress;
import io.opsflow.web.tool.Tool;
import io.opsflow.web.tool.ToolFailure;
import io.opsflow.web.tool.ToolSettings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the store into another topic, up to the head, and leaves the relay's position for that topic there. Asked
 * again for a topic that it did not finish, it goes on where it was.
 */
final class Republish implements Tool {

    @Override
    public List<String> options() {
        return List.of("from", "topic");
    }

    @Override
    public int run(Options options, ToolSettings settings, PrintStream out) throws SQLException, InterruptedException {
        String name =
                options.get("topic").orElseThrow(() -> new ToolFailure("--topic is missing: the topic to publish to."));
        if (!RelaySettings.isTopic(name)) {
            throw new ToolFailure("--topic is not a name of a topic: " + name);
        }
        long from = options.number("from", "the number of an event", 1).orElse(1L);
        RelaySettings topic = CommandSideTools.relay(settings).withTopic(name);
        EventStoreSettings eventStore = CommandSideTools.eventStore(settings);
        Long begins = begins(topic);
        try (ClaimedPosition position = ClaimedPosition.claim(eventStore, topic.processor(), from - 1)
                        .orElseThrow(() ->
                                new ToolFailure("A relay is at work on %s; it needs nobody else.".formatted(name)));
                StoreSnapshot store = StoreSnapshot.open(eventStore)) {
            refuseAnother(position, begins, from, store.head(), name);
            publish(topic, position, store, out);
            out.println(
                    "Now start all nodes of both sides with OPSFLOW_KAFKA_TOPIC=%s; the relay goes on after event %d."
                            .formatted(name, position.index()));
            return 0;
        }
    }

    /** The first event on the topic; null where it has none or is not there. */
    private static @Nullable Long begins(RelaySettings topic) {
        try (TopicRecords records = TopicRecords.open(topic)) {
            Long first = records.first();
            if (first == null && !records.isAtEnd()) {
                throw new ToolFailure(
                        "The topic %s holds other records; choose another name.".formatted(topic.topic()));
            }
            return first;
        }
    }

    private static void refuseAnother(
            ClaimedPosition position, @Nullable Long begins, long from, long head, String name) {
        String refusal = "";
        if (position.isNew() && from > head + 1) {
            refusal = "The store ends at event %d; --from is beyond it.".formatted(head);
        } else if (position.isNew() && begins != null) {
            refusal = "The topic %s holds records already; choose another name.".formatted(name);
        } else if (!position.isNew() && (begins == null ? position.index() + 1 : begins) != from) {
            refusal =
                    "A position for %s is stored already, after event %d, and it was not begun with --from %d; choose another name."
                            .formatted(name, position.index(), from);
        }
        if (!refusal.isEmpty()) {
            if (position.isNew()) {
                position.forget();
            }
            throw new ToolFailure(refusal);
        }
    }

    private static void publish(RelaySettings topic, ClaimedPosition position, StoreSnapshot store, PrintStream out)
            throws SQLException, InterruptedException {
        long before = position.index();
        if (!position.isNew()) {
            out.println("going on after event " + before);
        }
        String problem = Republication.createTopic(topic);
        if (!problem.isEmpty()) {
            throw new ToolFailure("The topic %s cannot be created: %s".formatted(topic.topic(), problem));
        }
        Progress publishing = new Progress(out, "published");
        try {
            Republication.run(topic, store, position, last -> publishing.at(last - before));
        } catch (UnableToClaimTokenException e) {
            throw new ToolFailure("Another relay has taken over after event %d.".formatted(position.index()));
        }
        out.println(publishing.line(position.index() - before) + " to " + topic.topic());
    }
}
