package io.opsflow.queryside.projection;

import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.event.EventRecord;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The rows of one table that a batch touches: loaded at once, folded in memory, written at once. */
final class Rows<R, E extends DomainEvent> {

    private final Projection<R, E> projection;
    private final EntityManager entityManager;
    private final Map<String, R> stored = new HashMap<>();
    private final Map<String, R> changed = new LinkedHashMap<>();

    Rows(Projection<R, E> projection, EntityManager entityManager, Collection<String> aggregateIds) {
        this.projection = projection;
        this.entityManager = entityManager;
        List<String> ids = new ArrayList<>(aggregateIds);
        List<R> found = entityManager.unwrap(Session.class).findMultiple(projection.rowClass(), ids);
        for (int i = 0; i < ids.size(); i++) {
            if (found.get(i) != null) {
                stored.put(ids.get(i), found.get(i));
            }
        }
    }

    /** The number of the last event that the aggregate's row holds; -1 where there is no row. */
    long version(String aggregateId) {
        @Nullable R row = row(aggregateId);
        return row == null ? -1 : projection.version().applyAsLong(row);
    }

    /** Applies the events of one request, all or none. */
    void apply(String aggregateId, List<EventRecord> request) throws UnappliableException {
        @Nullable R row = row(aggregateId);
        long version = version(aggregateId);
        for (EventRecord record : request) {
            if (record.sequence() != version + 1) {
                throw new UnappliableException(
                        "event %d does not follow event %d".formatted(record.sequence(), version));
            }
            row = evolve(row, record);
            version = record.sequence();
        }
        changed.put(aggregateId, row);
    }

    private R evolve(@Nullable R before, EventRecord record) throws UnappliableException {
        try {
            return projection.evolve().apply(before, projection.event(record), record.sequence());
        } catch (RuntimeException e) {
            // Reading a payload and evolving a row only copy: what fails here fails every time.
            throw new UnappliableException(e.toString());
        }
    }

    void save() {
        changed.forEach((id, row) -> {
            if (stored.containsKey(id)) {
                entityManager.merge(row);
            } else {
                entityManager.persist(row);
            }
        });
    }

    private @Nullable R row(String aggregateId) {
        @Nullable R row = changed.get(aggregateId);
        return row == null ? stored.get(aggregateId) : row;
    }
}
