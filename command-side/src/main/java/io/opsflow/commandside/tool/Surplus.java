package io.opsflow.commandside.tool;

import io.opsflow.api.event.EventRecord;
import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.relay.TopicEvents;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What stands on the topic and not in the store: events at places that the store does not have, or has for others. */
final class Surplus {

    private static final int TOGETHER = 1_000;

    private Surplus() {}

    /** Tells each once, in the order of their places. */
    static void tell(TopicEvents topic, StoreSnapshot store, Consumer<EventRecord> next) throws SQLException {
        Set<String> told = new HashSet<>();
        List<EventRecord> batch = new ArrayList<>();
        do {
            batch.clear();
            Optional<EventRecord> event = topic.next();
            while (event.isPresent()) {
                batch.add(event.get());
                event = batch.size() < TOGETHER ? topic.next() : Optional.empty();
            }
            Map<Long, String> stored =
                    store.hashes(batch.stream().map(EventRecord::globalIndex).toList());
            for (EventRecord one : batch) {
                if (!one.hash().equals(stored.get(one.globalIndex())) && told.add(one.hash())) {
                    next.accept(one);
                }
            }
        } while (!batch.isEmpty());
    }
}
