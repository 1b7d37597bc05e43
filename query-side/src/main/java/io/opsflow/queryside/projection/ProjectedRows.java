package io.opsflow.queryside.projection;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.consistency.Held;
import io.opsflow.queryside.table.Pipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The rows of one table that a transaction touches: read once, folded in memory, written once. */
final class ProjectedRows<R, E extends DomainEvent> {

    private final Projection<R, E> projection;
    private final Map<String, R> rows = new HashMap<>();
    private final Set<String> stored = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private long size;

    ProjectedRows(Projection<R, E> projection) {
        this.projection = projection;
    }

    /** Asks for the rows of those aggregates that were not asked for before. */
    void lookUp(Pipeline pipeline, Collection<String> aggregateIds) {
        List<String> unknown = aggregateIds.stream()
                .filter(id -> !rows.containsKey(id) && !missing.contains(id))
                .toList();
        if (!unknown.isEmpty()) {
            projection.table().find(pipeline, unknown, found -> {
                found.values().forEach(row -> size += projection.size().applyAsLong(row));
                rows.putAll(found);
                stored.addAll(found.keySet());
                unknown.stream().filter(id -> !found.containsKey(id)).forEach(missing::add);
            });
        }
    }

    /** Bytes of memory that they take, more or less. */
    long size() {
        return size;
    }

    /** The number of the last event that the aggregate's row holds; -1 where there is no row. */
    long version(String aggregateId) {
        @Nullable R row = rows.get(aggregateId);
        return row == null ? -1 : projection.version().applyAsLong(row);
    }

    /** Applies the events of one request, all or none. */
    void apply(String aggregateId, List<EventRecord> request, TaskSideRows sideRows) throws UnappliableException {
        @Nullable R before = rows.get(aggregateId);
        @Nullable R row = before;
        long version = version(aggregateId);
        List<E> events = new ArrayList<>(request.size());
        for (EventRecord record : request) {
            if (record.sequence() != version + 1) {
                throw new UnappliableException(
                        "event %d does not follow event %d".formatted(record.sequence(), version));
            }
            E event = read(record);
            row = evolve(row, event, record.sequence());
            version = record.sequence();
            events.add(event);
        }
        if (row != null) {
            addSideRows(before, row, request, events, sideRows);
            size += projection.size().applyAsLong(row)
                    - (before == null ? 0 : projection.size().applyAsLong(before));
            rows.put(aggregateId, row);
            changed.add(aggregateId);
        }
    }

    private E read(EventRecord record) throws UnappliableException {
        try {
            return projection.event(record);
        } catch (RuntimeException e) {
            // A payload that cannot be read now cannot be read later.
            throw new UnappliableException("its payload cannot be read: " + unread(e));
        }
    }

    private R evolve(@Nullable R before, E event, long sequence) throws UnappliableException {
        try {
            return projection.evolve().apply(before, event, sequence);
        } catch (RuntimeException e) {
            // Evolving only copies: what fails here fails every time.
            throw cannotBeApplied(e);
        }
    }

    private void addSideRows(
            @Nullable R before, R after, List<EventRecord> request, List<E> events, TaskSideRows sideRows)
            throws UnappliableException {
        try {
            projection.sideRows().add(before, after, request, events, sideRows);
        } catch (RuntimeException e) {
            // They are made of nothing else: likewise.
            throw cannotBeApplied(e);
        }
    }

    private static UnappliableException cannotBeApplied(RuntimeException failure) {
        return new UnappliableException("it cannot be applied: %s at %s"
                .formatted(failure.getClass().getSimpleName(), failure.getStackTrace()[0]));
    }

    /** Without the words of a parser, which repeat what it could not read: reasons are logged, what tasks say is not. */
    private static String unread(RuntimeException failure) {
        String kind = failure.getClass().getSimpleName();
        return failure instanceof JacksonException json && !json.getPath().isEmpty()
                ? "%s at %s".formatted(kind, json.getPath().getFirst().getPropertyName())
                : kind;
    }

    /** Those that were changed, as they are now. */
    Stream<Held> changed() {
        return changed.stream().map(id -> {
            R row = Objects.requireNonNull(rows.get(id));
            return new Held(
                    id,
                    projection.version().applyAsLong(row),
                    caller -> projection.seenBy().test(row, caller));
        });
    }

    void save(Pipeline pipeline) {
        Map<Boolean, List<R>> changedByStored =
                changed.stream().collect(partitioningBy(stored::contains, mapping(rows::get, toList())));
        projection.table().save(pipeline, changedByStored.get(true), changedByStored.get(false));
    }
}
