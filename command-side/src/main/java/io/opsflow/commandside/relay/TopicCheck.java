package io.opsflow.commandside.relay;

import io.opsflow.commandside.eventstore.StoreTrust;
import io.opsflow.commandside.relay.RelayTopics.Known;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Holds the topic against the store: whether it is the one that the relay has written to, whether it still has what it
 * has acknowledged, and whether it has anything that the store does not. It reads the end of each partition.
 */
final class TopicCheck {

    enum Kind {
        /** The relay may go on. */
        FITS,
        /** It would leave a hole on the topic. */
        LOST,
        /** Whoever appends to the store would tell another story than the topic. */
        AHEAD
    }

    record Finding(Kind kind, String text) {}

    private static final Finding FITS = new Finding(Kind.FITS, "");

    private final RelaySettings settings;
    private final RelayTopics topics;
    private final RelayProgress progress;
    private final StoreTrust store;

    TopicCheck(RelaySettings settings, RelayTopics topics, RelayProgress progress, StoreTrust store) {
        this.settings = settings;
        this.topics = topics;
        this.progress = progress;
        this.store = store;
    }

    /**
     * Looks, and makes the topic where there never was one.
     *
     * @throws KafkaException where the broker does not answer; DataAccessException where the database does not
     */
    Finding look(Admin admin) throws InterruptedException {
        Optional<Known> known = topics.find(settings.topic());
        Optional<String> id = Topic.id(admin, settings.topic());
        if (id.isEmpty() && known.isEmpty() && progress.position() == 0) {
            id = Optional.of(Topic.create(admin, settings));
        }
        return id.isEmpty() ? lost("is gone") : look(id.get(), known);
    }

    private Finding look(String id, Optional<Known> known) {
        boolean isTheOne = known.isEmpty() || known.get().id().equals(id);
        if (isTheOne && known.isPresent() && known.get().givenUp()) {
            return lost("holds events that were given up");
        }
        // First the position, then the topic, then the store: each has all that the one before it has.
        long position = progress.position();
        TopicEnds topic = TopicEnds.read(settings);
        Map<Long, String> stored = store.hashes(topic.events().keySet());
        StoreTrust.Look head = store.look();
        for (Map.Entry<Long, String> event : topic.events().descendingMap().entrySet()) {
            if (!event.getValue().equals(stored.get(event.getKey()))) {
                return ahead(event.getKey(), head.head());
            }
        }
        if (!isTheOne) {
            return lost("was made anew: it is another one than the relay has written to");
        }
        OptionalLong lost = topic.lost(known.map(Known::firstIndex).orElse(1L), position, store);
        if (lost.isPresent()) {
            return lost(
                    "has lost event %d, which it had acknowledged".formatted(lost.getAsLong()),
                    "republish --anew has made it anew");
        }
        topics.adopt(settings.topic(), id);
        return FITS;
    }

    private Finding ahead(long event, long head) {
        return new Finding(
                Kind.AHEAD,
                event > head
                        ? "The topic %s and what was read from it have event %d, the event store ends at event %d: it was restored to an earlier point"
                                .formatted(settings.topic(), event, head)
                        : "The topic %s and what was read from it have another event %d than the event store: it was restored to an earlier point and has gone on from there"
                                .formatted(settings.topic(), event));
    }

    private Finding lost(String what) {
        return lost(what, "republish has filled one");
    }

    private Finding lost(String what, String remedy) {
        return new Finding(
                Kind.LOST, "the topic %s %s; nothing is sent until %s".formatted(settings.topic(), what, remedy));
    }
}
