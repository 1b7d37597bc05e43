package io.opsflow.commandside.tool;

import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.eventstore.StoreTrust;
import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import io.opsflow.commandside.eventstore.tail.ClaimedPosition;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.commandside.relay.RelayTopics;
import io.opsflow.commandside.relay.RelayTopics.Known;
import io.opsflow.commandside.relay.Republication;
import io.opsflow.commandside.relay.Topic;
import io.opsflow.commandside.relay.TopicEnds;
import io.opsflow.commandside.relay.TopicExtent;
import io.opsflow.commandside.relay.TopicRecords;
import io.opsflow.web.tool.Options;
import io.opsflow.web.tool.Progress;
import io.opsflow.web.tool.Tool;
import io.opsflow.web.tool.ToolFailure;
import io.opsflow.web.tool.ToolSettings;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the store, up to the head, into a topic that is new, or that was lost and is filled again, and leaves the
 * relay's position for that topic there. Asked again for a topic that it did not finish, it goes on where it was. One
 * that has lost a part is deleted and made anew where that is asked for: with another id, so that its readers can tell.
 */
final class Republish implements Tool {

    @Override
    public List<String> options() {
        return List.of("from", "topic");
    }

    @Override
    public List<String> flags() {
        return List.of("anew");
    }

    @Override
    public int run(Options options, ToolSettings settings, PrintStream out) throws SQLException, InterruptedException {
        RelaySettings relay = CommandSideTools.relay(settings);
        String name = options.get("topic").orElse(relay.topic());
        if (!RelaySettings.isTopic(name)) {
            throw new ToolFailure("--topic is not a name of a topic: " + name);
        }
        long from = options.number("from", "the number of an event", 1).orElse(1L);
        RelaySettings topic = relay.withTopic(name);
        EventStoreSettings eventStore = CommandSideTools.eventStore(settings);
        Target target = Target.look(topic);
        try (ClaimedPosition position = ClaimedPosition.claim(eventStore, topic.processor(), from - 1)
                        .orElseThrow(() ->
                                new ToolFailure("A relay is at work on %s; it needs nobody else.".formatted(name)));
                TopicRecords remains = TopicRecords.open(topic);
                StoreSnapshot store = StoreSnapshot.open(eventStore)) {
            RelayTopics topics = new RelayTopics(position.database());
            Optional<Known> known = topics.find(name);
            refuseADoubtfulStore(position);
            refuseAnother(position, target, known, from, store.head(), name);
            String deleted = "";
            if (options.isGiven("anew") && target.mayBeInPart(position, known)) {
                TopicExtent extent =
                        new TopicExtent(known.map(Known::firstIndex).orElse(1L), position.index());
                if (TopicRemains.lackAny(name, remains, extent, store, position, out)) {
                    deleted = Objects.requireNonNull(target.id());
                    Topic.delete(topic, deleted);
                }
            }
            if (!deleted.isEmpty()) {
                out.println("the topic %s had lost a part and was deleted; it is made anew".formatted(name));
                position.store(from - 1);
            } else if (!position.isNew() && target.isLost(known)) {
                out.println("the topic %s was lost; it is filled again".formatted(name));
                position.store(from - 1);
            } else if (!position.isNew()) {
                refuseToGoOn(position, target, known, from, topic);
                out.println("going on after event " + position.index());
            }
            topics.begin(name, Topic.createAnother(topic, deleted), from);
            publish(topic, position, store, out);
            out.println(
                    name.equals(relay.topic())
                            ? "The relay goes on after event %d. Readers of the topic see another id of it, and begin anew."
                                    .formatted(position.index())
                            : "Now start all processes of both sides with OPSFLOW_KAFKA_TOPIC=%s; the relay goes on after event %d."
                                    .formatted(name, position.index()));
            return 0;
        }
    }

    /**
     * The topic as it is found.
     *
     * @param id null where there is none
     * @param begins the first event on it; null where it has none
     */
    private record Target(@Nullable String id, @Nullable Long begins) {

        static Target look(RelaySettings topic) throws InterruptedException {
            try (TopicRecords records = TopicRecords.open(topic)) {
                Long first = records.first();
                if (first == null && !records.isAtEnd()) {
                    throw new ToolFailure(
                            "The topic %s holds other records; choose another name.".formatted(topic.topic()));
                }
                return new Target(Topic.id(topic).orElse(null), first);
            }
        }

        boolean isTheOne(Optional<Known> known) {
            return known.isPresent() && known.get().id().equals(id);
        }

        /** The first event that it is known to have had; beyond all of them where it had none. */
        long first(Optional<Known> known) {
            if (begins != null) {
                return begins;
            }
            return known.filter(one -> one.id().equals(id))
                    .map(Known::firstIndex)
                    .orElse(Long.MAX_VALUE);
        }

        /** Whether it is there and the relay has written to it, so that some of it may be gone. */
        boolean mayBeInPart(ClaimedPosition position, Optional<Known> known) {
            return id != null && !position.isNew() && !isLost(known);
        }

        /** Whether there was one, and what is there now has nothing of it. */
        boolean isLost(Optional<Known> known) {
            return begins == null && !isTheOne(known) && (id == null || known.isPresent());
        }
    }

    private static void refuseADoubtfulStore(ClaimedPosition position) {
        String doubt = new StoreTrust(position.database()).look().doubt();
        if (doubt != null) {
            position.forgetIfNew();
            throw new ToolFailure(doubt + ". Say first what to trust: reconcile --trust topic or store");
        }
    }

    private static void refuseAnother(
            ClaimedPosition position, Target target, Optional<Known> known, long from, long head, String name) {
        String refusal = "";
        if (from > head + 1) {
            refusal = "The store ends at event %d; --from is beyond it.".formatted(head);
        } else if (target.isTheOne(known) && known.get().givenUp()) {
            refusal = "The topic %s holds events that were given up; choose another name.".formatted(name);
        } else if (target.begins() != null && (position.isNew() || known.isPresent() && !target.isTheOne(known))) {
            refusal = "The topic %s holds records already; choose another name.".formatted(name);
        }
        refuse(position, refusal);
    }

    private static void refuseToGoOn(
            ClaimedPosition position, Target target, Optional<Known> known, long from, RelaySettings topic) {
        String name = topic.topic();
        String refusal = "";
        if (TopicEnds.read(topic)
                .lost(target.first(known), position.index(), new StoreTrust(position.database()))
                .isPresent()) {
            refusal = "The topic %s has lost its end; have it made anew by --anew, or choose another name."
                    .formatted(name);
        } else if ((target.begins() == null ? position.index() + 1 : target.begins()) != from) {
            refusal =
                    "A position for %s is stored already, after event %d, and it was not begun with --from %d; choose another name."
                            .formatted(name, position.index(), from);
        }
        refuse(position, refusal);
    }

    private static void refuse(ClaimedPosition position, String refusal) {
        if (!refusal.isEmpty()) {
            position.forgetIfNew();
            throw new ToolFailure(refusal);
        }
    }

    private static void publish(RelaySettings topic, ClaimedPosition position, StoreSnapshot store, PrintStream out)
            throws SQLException {
        long before = position.index();
        Progress publishing = new Progress(out, "published");
        try {
            Republication.run(topic, store, position, last -> publishing.at(last - before));
        } catch (UnableToClaimTokenException e) {
            throw new ToolFailure("Another relay has taken over after event %d.".formatted(position.index()));
        }
        out.println(publishing.line(position.index() - before) + " to " + topic.topic());
    }
}
