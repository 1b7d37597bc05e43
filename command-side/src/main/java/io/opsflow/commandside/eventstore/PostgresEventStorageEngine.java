package io.opsflow.commandside.eventstore;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.eventstore.idempotency.AnsweredRequests;
import io.opsflow.commandside.eventstore.idempotency.KeyUsedException;
import io.opsflow.commandside.eventstore.idempotency.KeyedRequest;
import io.opsflow.web.trace.Step;
import io.opsflow.web.trace.Traces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Axon's view of the store. A position is a plain {@link GlobalSequenceTrackingToken}; as the index has no holes and
 * commit order is index order, a reader that has seen an index has seen everything up to it.
 *
 * <p>There are no snapshots: aggregates are short, and those in use are in the {@link AggregateCache}.
 */
public final class PostgresEventStorageEngine implements EventStorageEngine {

    /** Takes milliseconds, however few of them are wanted. */
    private static final long LOOKED_THROUGH = 10_000;

    private static final EventReader.Page NOTHING = new EventReader.Page(List.of(), 0, false);

    private final Appender appender;
    private final AggregateCache cache;
    private final Supplier<StoreTrust.Look> look;
    private final EventMessages messages;
    private final EventReader reader;
    private final AnsweredRequests answeredRequests;
    private final Counter conflicts;
    private final Traces traces;

    /** @param look at the store, which is in doubt from then on where it has gone back */
    PostgresEventStorageEngine(
            Appender appender,
            AggregateCache cache,
            Supplier<StoreTrust.Look> look,
            EventReader reader,
            AnsweredRequests answeredRequests,
            Serializer serializer,
            MeterRegistry meters,
            Traces traces) {
        this.appender = appender;
        this.cache = cache;
        this.look = look;
        this.messages = new EventMessages(serializer);
        this.reader = reader;
        this.answeredRequests = answeredRequests;
        this.traces = traces;
        this.conflicts = Counter.builder("opsflow.append.conflicts")
                .description("decisions that others had overtaken, to be made again")
                .register(meters);
    }

    /**
     * Appends the events of one command, together with those of others that come at the same time; they are durable
     * when this returns.
     *
     * @throws ConcurrencyException where others changed what the command was decided by; nothing is written
     * @throws DuplicateIdException where an aggregate was created under an id that is taken; nothing is written
     * @throws KeyUsedException where the command's request was answered before; nothing is written
     * @throws DataAccessException where the database is away; so does TransactionException. Either may arise after the
     *     events were written, when the connection breaks while the server commits
     */
    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        if (!events.isEmpty()) {
            AppendCondition condition = condition();
            append(condition.append(rows(events)), condition.traceparent());
        }
    }

    /**
     * Has a listener called after each append of this process, when it is durable; it must be quick and throw nothing.
     */
    public void whenAppended(Runnable listener) {
        appender.whenAppended(listener);
    }

    private static AppendCondition condition() {
        return CurrentUnitOfWork.isStarted()
                ? AppendCondition.of(CurrentUnitOfWork.get())
                : AppendCondition.ofNoCommand();
    }

    private void append(Append append, String traceparent) {
        Step step = traces.below(traceparent, "append");
        try {
            step.tag("events", append.events().size()).tag("commands_in_transaction", appender.append(append));
            append.events().forEach(event -> cache.forget(event.aggregateId()));
        } catch (ConcurrencyException e) {
            conflicts.increment();
            append.versions().keySet().forEach(cache::forget);
            throw e;
        } finally {
            step.end();
        }
    }

    /** How often somebody has said what to trust, as far as this process knows; asked before a command is decided. */
    long decisions() {
        return cache.decisions();
    }

    /**
     * The last word on a command that appends nothing, as {@link #appendEvents} is on the others: what it rests on must
     * still be so, and its key, where it has one, is remembered.
     *
     * @throws ConcurrencyException where others changed what it was decided by
     * @throws KeyUsedException where its request was answered before
     * @throws ApiException 503 where the store is in doubt: it may not know what the command rests on
     */
    void appendNothing(AppendCondition condition) {
        Append append = condition.appendNothing();
        if (append != null) {
            append(append, condition.traceparent());
        } else {
            requireNoDoubt();
            confirm(condition);
        }
    }

    /**
     * As {@link #appendNothing} for a command that is refused, and therefore leaves no key behind. It may have been
     * refused because the same request has just been answered.
     */
    void refuse(AppendCondition condition) {
        requireNoDoubt();
        KeyedRequest request = condition.request();
        if (request != null && answeredRequests.find(request.key()).isPresent()) {
            throw new KeyUsedException();
        }
        confirm(condition);
    }

    /** Behind all reading: what was read in a store that has gone back is followed by a look at that store. */
    private void requireNoDoubt() {
        if (look.get().doubt() != null) {
            throw ApiException.unavailable(AppendTransaction.IN_DOUBT);
        }
    }

    /** One look, and so one snapshot: all that it rests on is so at the same moment. */
    private void confirm(AppendCondition condition) {
        if (!condition.restsOnACache()) {
            return;
        }
        EventReader.Versions now = reader.versions(condition.versions().keySet());
        cache.seen(now.decisions());
        if (condition.decisions() < now.decisions() || !now.byId().equals(condition.versions())) {
            conflicts.increment();
            condition.versions().keySet().forEach(cache::forget);
            throw new ConcurrencyException("others changed what the decision rests on: " + condition.versions());
        }
    }

    private List<StoredEvent> rows(List<? extends EventMessage<?>> events) {
        List<StoredEvent> rows = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            rows.add(messages.row(events.get(i), i == events.size() - 1));
        }
        return rows;
    }

    /** Everything after the token, read page by page while the stream is used; ends at the head. It never blocks. */
    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(@Nullable TrackingToken token, boolean mayBlock) {
        return new PageIterator(reader::tail, index(token), AppendedEvent::globalIndex)
                .stream().map(messages::message);
    }

    /**
     * What follows an index; empty at the head.
     *
     * @param most events, as the page before says
     */
    public TailPage tail(long after, int most) {
        return page(reader.tail(after, most), after, false);
    }

    /**
     * As {@link #tail(long, int)}, only the events of these names, and the last of each range that was looked through,
     * by which the reader's position moves on.
     */
    public TailPage tail(long after, Collection<String> names, int most) {
        long head = reader.head();
        long upTo = Math.min(head, after + LOOKED_THROUGH);
        return page(upTo > after ? reader.tail(after, upTo, names, most) : NOTHING, after, upTo < head);
    }

    private TailPage page(EventReader.Page read, long after, boolean more) {
        List<TrackedEventMessage<?>> events = new ArrayList<>(read.events().size());
        read.events().forEach(event -> events.add(messages.message(event)));
        long position =
                read.events().isEmpty() ? after : read.events().getLast().globalIndex();
        return new TailPage(events, position, read.bytes(), more || read.isFull(), read.next());
    }

    /**
     * @throws IllegalStateException at an event that this version does not know: an aggregate that leaves out a part
     *     of its past would decide wrongly
     */
    @Override
    public DomainEventStream readEvents(String aggregateId, long firstSequence) {
        return DomainEventStream.of(new PageIterator(
                        (from, most) -> reader.ofAggregate(aggregateId, from, most),
                        firstSequence,
                        last -> last.event().sequence() + 1)
                .stream().map(messages::knownMessage));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateId) {
        return reader.version(aggregateId);
    }

    /** Before the first event, also while there is none. */
    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    /** At the last event; the same as the tail while there is none. */
    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(head());
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return new GlobalSequenceTrackingToken(reader.before(time).orElseGet(reader::head));
    }

    /** The last event's index; 0 for an empty store. */
    public long head() {
        return reader.head();
    }

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        throw new UnsupportedOperationException("there are no snapshots in this store");
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateId) {
        return Optional.empty();
    }

    /** The index a token stands for; 0 for none. */
    public static long index(@Nullable TrackingToken token) {
        if (token == null) {
            return 0;
        }
        OptionalLong position = token.position();
        return position.orElseThrow(() -> new IllegalArgumentException("not a position in this store: " + token));
    }
}
