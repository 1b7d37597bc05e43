package io.opsflow.queryside.projection;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.catalog.TaskCategoryEvent;
import io.opsflow.api.catalog.TaskTypeEvent;
import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.queryside.catalog.TaskCategoryRow;
import io.opsflow.queryside.catalog.TaskTypeRow;
import io.opsflow.queryside.consistency.Held;
import io.opsflow.queryside.table.Pipeline;
import io.opsflow.queryside.table.RowTable;
import io.opsflow.queryside.task.TaskRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All projections of the read model, over the events of one transaction: a row that they touch is read once, and is
 * written once, by {@link #save}. Needs the feed's transaction around it.
 */
public final class Projections {

    /** There are few of these. */
    private static final int SIZE_IN_THE_CATALOG = 2_000;

    private static final Map<String, Projection<?, ?>> ALL = Stream.of(
                    new Projection<>(
                            "task",
                            TaskRow.TABLE,
                            TaskEvent.class,
                            TaskRow::version,
                            TaskRow::size,
                            TaskRow::isSeenBy,
                            TaskRow::evolve,
                            (before, after, request, events, sideRows) -> sideRows.add(before, after, request, events)),
                    catalog(
                            "task-category",
                            TaskCategoryRow.TABLE,
                            TaskCategoryEvent.class,
                            TaskCategoryRow::version,
                            TaskCategoryRow::isSeenBy,
                            TaskCategoryRow::evolve),
                    catalog(
                            "task-type",
                            TaskTypeRow.TABLE,
                            TaskTypeEvent.class,
                            TaskTypeRow::version,
                            TaskTypeRow::isSeenBy,
                            TaskTypeRow::evolve))
            .collect(toMap(Projection::aggregateType, Function.identity()));

    private final Pipeline pipeline;
    private final Map<String, ProjectedRows<?, ?>> rows = new HashMap<>();

    /** @param pipeline of the transaction, on the generation to write */
    public Projections(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Asks for the rows of these, where nobody has yet; with what else the pipeline holds, if it is not sent before. */
    public void lookUp(List<? extends Delivery> deliveries) {
        Map<String, Set<String>> idsByType = deliveries.stream()
                .map(Delivery::event)
                .filter(Objects::nonNull)
                .collect(groupingBy(EventRecord::aggregateType, mapping(EventRecord::aggregateId, toSet())));
        idsByType.forEach((type, ids) -> {
            Projection<?, ?> projection = ALL.get(type);
            if (projection != null) {
                rows.computeIfAbsent(type, __ -> new ProjectedRows<>(projection))
                        .lookUp(pipeline, ids);
            }
        });
    }

    private static <R, E extends DomainEvent> Projection<R, E> catalog(
            String aggregateType,
            RowTable<R> table,
            Class<E> eventClass,
            ToLongFunction<R> version,
            BiPredicate<R, Caller> seenBy,
            Projection.Evolve<R, E> evolve) {
        return new Projection<>(
                aggregateType,
                table,
                eventClass,
                version,
                row -> SIZE_IN_THE_CATALOG,
                seenBy,
                evolve,
                (before, after, request, events, sideRows) -> {});
    }

    /**
     * Applies events in the order given, behind those applied before. An event that a row already holds changes nothing.
     * One that cannot be applied is refused, with all of its request that is new and all later events of its aggregate.
     * What they leave behind beside their rows is written with the next that is sent.
     *
     * @param parked aggregates that have events refused before; theirs are refused too
     * @return what was refused, in order for each aggregate
     */
    public <D extends Delivery> List<Refused<D>> apply(List<D> deliveries, Set<String> parked) {
        lookUp(deliveries);
        pipeline.run();
        Map<String, List<D>> byAggregate =
                deliveries.stream().collect(groupingBy(Delivery::aggregateId, LinkedHashMap::new, Collectors.toList()));
        List<Refused<D>> refused = new ArrayList<>();
        TaskSideRows sideRows = new TaskSideRows();
        byAggregate.forEach((aggregateId, events) ->
                new Fold<D>(aggregateId, rows, parked.contains(aggregateId), refused, sideRows).fold(events));
        sideRows.save(pipeline);
        return refused;
    }

    /** The number of the last event that the rows hold of each of these aggregates; none for what has no row. */
    public Map<String, Long> versions(List<? extends Delivery> deliveries) {
        lookUp(deliveries);
        pipeline.run();
        Map<String, Long> versions = new HashMap<>();
        rows.values()
                .forEach(known -> deliveries.forEach(delivery -> {
                    long version = known.version(delivery.aggregateId());
                    if (version >= 0) {
                        versions.put(delivery.aggregateId(), version);
                    }
                }));
        return versions;
    }

    /** Bytes of memory that the rows take, more or less. */
    public long size() {
        return rows.values().stream().mapToLong(ProjectedRows::size).sum();
    }

    /** The rows that were changed, as they are when the transaction has committed. */
    public List<Held> changed() {
        return rows.values().stream().flatMap(ProjectedRows::changed).toList();
    }

    /** Writes the rows that were changed, with the next that is sent. */
    public void save() {
        rows.values().forEach(known -> known.save(pipeline));
    }
}
