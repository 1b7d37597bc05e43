package io.opsflow.commandside.tool;

import io.opsflow.api.event.EventRecord;
import io.opsflow.commandside.eventstore.Restoration;
import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.eventstore.StoreTrust;
import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import io.opsflow.commandside.eventstore.tail.ClaimedPosition;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.commandside.relay.RelayTopics;
import io.opsflow.commandside.relay.Topic;
import io.opsflow.commandside.relay.TopicEnds;
import io.opsflow.commandside.relay.TopicEvents;
import io.opsflow.web.tool.Options;
import io.opsflow.web.tool.Tool;
import io.opsflow.web.tool.ToolFailure;
import io.opsflow.web.tool.ToolSettings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which to trust where the topic is ahead of the event store, and lets appends go on. The topic: its events are put
 * back into the store, each proved by the chain. The store: what only the topic has is given up, and with it the topic.
 */
final class Reconcile implements Tool {

    private static final int DONE = 0;
    private static final int NOT_ALL = 1;

    @Override
    public List<String> options() {
        return List.of("trust");
    }

    @Override
    public int run(Options options, ToolSettings settings, PrintStream out) throws SQLException, InterruptedException {
        String trusted = options.get("trust").orElse("");
        if (!trusted.equals("topic") && !trusted.equals("store")) {
            throw new ToolFailure("--trust is either topic or store.");
        }
        RelaySettings topic = CommandSideTools.relay(settings);
        EventStoreSettings eventStore = CommandSideTools.eventStore(settings);
        Optional<String> id = Topic.id(topic);
        if (id.isEmpty() && trusted.equals("topic")) {
            throw new ToolFailure("There is no topic %s to trust.".formatted(topic.topic()));
        }
        try (ClaimedPosition position = ClaimedPosition.claim(eventStore, topic.processor(), 0)
                        .orElseThrow(() -> new ToolFailure(
                                "A relay is at work on %s; stop the command side first.".formatted(topic.topic())));
                TopicEvents events = TopicEvents.open(topic);
                StoreSnapshot store = StoreSnapshot.open(eventStore)) {
            Work work = new Work(topic, id, position, events, store, out);
            return trusted.equals("topic") ? work.trustTheTopic() : work.trustTheStore();
        }
    }

    private record Work(
            RelaySettings topic,
            Optional<String> id,
            ClaimedPosition position,
            TopicEvents events,
            StoreSnapshot store,
            PrintStream out) {

        int trustTheTopic() throws SQLException {
            StoreTrust trust = new StoreTrust(position.database());
            long before = store.head();
            Restoration restoration = position.restoration();
            Tally tally = new Tally(position);
            Surplus.tell(events, store, event -> {
                if (event.globalIndex() <= before) {
                    position.forgetIfNew();
                    throw new ToolFailure(
                            "Event %d of the store is another one than on the topic: the store has gone on by itself. Either restore it once more, or give up what only the topic has: reconcile --trust store"
                                    .formatted(event.globalIndex()));
                }
                if (tally.events == 0) {
                    // Whoever starts meanwhile appends nothing in between.
                    trust.doubt("The event store is being brought up to the topic " + topic.topic());
                }
                tally.add(event, restoration);
            });
            long head = restoration.finish();
            // Where nothing was put back the store may well have events that were never sent.
            long sent = Math.min(head, TopicEnds.read(topic).last());
            id.ifPresent(one -> begin(one, sent));
            out.println("%d events were put back from the topic %s; the event store ends at event %d"
                    .formatted(restoration.restored(), topic.topic(), head));
            long left = tally.events - restoration.restored();
            if (left > 0) {
                out.println(
                        "%d events on the topic could not be put back, as what stands before them is not there. List them: lost. Then give them up: reconcile --trust store"
                                .formatted(left));
                return NOT_ALL;
            }
            trust.decide();
            out.println("The command side takes writes again; its relay goes on after event " + sent);
            return DONE;
        }

        private void begin(String id, long sent) {
            RelayTopics topics = new RelayTopics(position.database());
            long first = topics.find(topic.topic())
                    .map(RelayTopics.Known::firstIndex)
                    .orElse(1L);
            topics.begin(topic.topic(), id, first);
            position.store(sent);
        }

        int trustTheStore() throws SQLException {
            Tally tally = new Tally(position);
            Surplus.tell(events, store, event -> tally.add(event, null));
            if (tally.events > 0) {
                new RelayTopics(position.database()).giveUp(topic.topic(), id.orElseThrow());
            }
            new StoreTrust(position.database()).decide();
            out.println("The command side takes writes again, after event " + store.head());
            if (tally.events > 0) {
                out.println(
                        "%d events on the topic %s are given up; while it is there, lost lists them. Nothing is sent to it any more: fill another one by republish --topic NAME"
                                .formatted(tally.events, topic.topic()));
            }
            return DONE;
        }
    }

    /** Counts, and keeps the claim. */
    private static final class Tally {

        private static final int EXTEND_EVERY = 1_000;

        private final ClaimedPosition position;
        private long events;
        private boolean follows = true;

        Tally(ClaimedPosition position) {
            this.position = position;
        }

        void add(EventRecord event, @Nullable Restoration restoration) {
            events++;
            follows = follows && restoration != null && restoration.add(event);
            if (events % EXTEND_EVERY == 0) {
                position.extend();
            }
        }
    }
}
