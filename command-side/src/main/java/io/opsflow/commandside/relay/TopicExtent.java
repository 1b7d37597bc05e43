package io.opsflow.commandside.relay;

import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.eventstore.tail.StoredPosition;

/**
 * The events that a topic has taken, as the store knows it: from the one that it begins with to the last one that the
 * broker has acknowledged to the relay. Each of them is on the topic, unless the topic has lost it.
 *
 * @param first before or behind the last: behind it where nothing was sent yet
 */
public record TopicExtent(long first, long last) {

    /** @throws org.springframework.dao.DataAccessException where the database does not tell */
    public static TopicExtent of(RelaySettings settings, StoreSnapshot store) {
        long first = new RelayTopics(store.database())
                .find(settings.topic())
                .map(RelayTopics.Known::firstIndex)
                .orElse(1L);
        return new TopicExtent(first, new StoredPosition(store.database(), settings.processor()).index());
    }

    boolean contains(long index) {
        return first <= index && index <= last;
    }

    /** How many these are. */
    long events() {
        return Math.max(0, last - first + 1);
    }
}
