package io.opsflow.queryside.projection;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.table.RowTable;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the events of one kind of aggregate become the rows of one table.
 *
 * @param aggregateType the part of the events' names before the dot
 * @param version the number of the last event that a row holds
 * @param size bytes of memory that a row takes, more or less
 * @param seenBy whether a caller may see a row, deleted or not
 * @param sideRows what a request leaves behind beside its row
 */
record Projection<R, E extends DomainEvent>(
        String aggregateType,
        RowTable<R> table,
        Class<E> eventClass,
        ToLongFunction<R> version,
        ToLongFunction<R> size,
        BiPredicate<R, Caller> seenBy,
        Evolve<R, E> evolve,
        SideRows<R, E> sideRows) {

    /** The row after an event; the row before it is left as it was. */
    interface Evolve<R, E> {
        R apply(@Nullable R before, E event, long sequence);
    }

    /** @see TaskSideRows#add */
    interface SideRows<R, E> {
        void add(@Nullable R before, R after, List<EventRecord> request, List<E> events, TaskSideRows sideRows);
    }

    E event(EventRecord record) throws UnappliableException {
        DomainEvent event = record.event()
                .orElseThrow(() -> new UnappliableException(
                        "this version knows no event %s of revision %d".formatted(record.name(), record.revision())));
        if (!eventClass.isInstance(event) || !event.aggregateId().equals(record.aggregateId())) {
            throw new UnappliableException("the event's payload is about something else than its subject");
        }
        return eventClass.cast(event);
    }
}
