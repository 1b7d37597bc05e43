package io.opsflow.queryside.projection;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.opsflow.api.catalog.TaskCategoryEvent;
import io.opsflow.api.catalog.TaskTypeEvent;
import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.queryside.catalog.TaskCategoryRow;
import io.opsflow.queryside.catalog.TaskTypeRow;
import io.opsflow.queryside.table.RowTable;
import io.opsflow.queryside.task.TaskRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcOperations;

/** All projections of the read model, over a batch of events. Needs the feed's transaction around it. */
public class Projections {

    private static final Map<String, Projection<?, ?>> ALL = Stream.of(
                    new Projection<>(
                            "task",
                            TaskRow.TABLE,
                            TaskEvent.class,
                            TaskRow::version,
                            TaskRow::evolve,
                            (before, after, request, events, traces) -> traces.add(before, after, request, events)),
                    catalog(
                            "task-category",
                            TaskCategoryRow.TABLE,
                            TaskCategoryEvent.class,
                            TaskCategoryRow::version,
                            TaskCategoryRow::evolve),
                    catalog(
                            "task-type",
                            TaskTypeRow.TABLE,
                            TaskTypeEvent.class,
                            TaskTypeRow::version,
                            TaskTypeRow::evolve))
            .collect(toMap(Projection::aggregateType, Function.identity()));

    private final JdbcOperations database;

    /** @param database whose search path names the generation to write */
    public Projections(JdbcOperations database) {
        this.database = database;
    }

    private static <R, E extends DomainEvent> Projection<R, E> catalog(
            String aggregateType,
            RowTable<R> table,
            Class<E> eventClass,
            ToLongFunction<R> version,
            Projection.Evolve<R, E> evolve) {
        return new Projection<>(
                aggregateType, table, eventClass, version, evolve, (before, after, request, events, traces) -> {});
    }

    /**
     * Applies events in the order given and writes the rows. An event that a row already holds changes nothing. One that
     * cannot be applied is refused, with all of its request that is new and all later events of its aggregate.
     *
     * @param parked aggregates that have events refused before; theirs are refused too
     * @return what was refused, in order for each aggregate
     */
    public <D extends Delivery> List<Refused<D>> apply(List<D> deliveries, Set<String> parked) {
        Map<String, Rows<?, ?>> rows = load(deliveries);
        Map<String, List<D>> byAggregate =
                deliveries.stream().collect(groupingBy(Delivery::aggregateId, LinkedHashMap::new, Collectors.toList()));
        List<Refused<D>> refused = new ArrayList<>();
        TaskTraces traces = new TaskTraces();
        byAggregate.forEach((aggregateId, events) ->
                new Fold<D>(aggregateId, rows, parked.contains(aggregateId), refused, traces).fold(events));
        rows.values().forEach(changed -> changed.save(database));
        traces.save(database);
        return refused;
    }

    /** The number of the last event that the read model holds of each of these aggregates; none for what has no row. */
    public Map<String, Long> versions(List<? extends Delivery> deliveries) {
        Map<String, Long> versions = new HashMap<>();
        load(deliveries)
                .forEach((type, rows) -> deliveries.forEach(delivery -> {
                    long version = rows.version(delivery.aggregateId());
                    if (version >= 0) {
                        versions.put(delivery.aggregateId(), version);
                    }
                }));
        return versions;
    }

    private Map<String, Rows<?, ?>> load(List<? extends Delivery> deliveries) {
        Map<String, Set<String>> idsByType = deliveries.stream()
                .map(Delivery::event)
                .filter(Objects::nonNull)
                .collect(groupingBy(EventRecord::aggregateType, mapping(EventRecord::aggregateId, toSet())));
        Map<String, Rows<?, ?>> rows = new HashMap<>();
        idsByType.forEach((type, ids) -> {
            Projection<?, ?> projection = ALL.get(type);
            if (projection != null) {
                rows.put(type, new Rows<>(projection, database, ids));
            }
        });
        return rows;
    }
}
