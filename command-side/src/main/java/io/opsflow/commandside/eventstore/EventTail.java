package io.opsflow.commandside.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The store as a source of Axon's streaming processors. Axon's own source does not tell a pooled processor when there
 * is something new, which then looks every half second. This one tells it at once after an append on this node, or
 * where it was told less than {@code pause} ago, when that is over; and within {@code pollEvery} after an append
 * elsewhere. Nobody asks the database while no processor of this node reads.
 */
public final class EventTail implements StreamableMessageSource<TrackedEventMessage<?>>, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventTail.class);

    private final PostgresEventStorageEngine engine;
    private final long pause;
    private final ScheduledExecutorService poller;
    private final Set<TailStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean waking = new AtomicBoolean();
    private volatile long woken;
    private boolean failing;

    /**
     * @param pollEvery how soon readers hear of what other nodes append
     * @param pause how long to wait at least after telling them of something: what comes meanwhile comes in one batch,
     *     and a batch costs a reader a transaction
     */
    public EventTail(PostgresEventStorageEngine engine, Duration pollEvery, Duration pause) {
        this.engine = engine;
        this.pause = pause.toNanos();
        this.woken = System.nanoTime() - this.pause;
        this.poller = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("event-tail").daemon().factory());
        engine.whenAppended(this::wakeSoon);
        poller.scheduleWithFixedDelay(this::poll, pollEvery.toNanos(), pollEvery.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
        return open(engine::tail, token);
    }

    /**
     * For a reader who wants few events: those of these names, and now and then another, by which its position moves on.
     * The others stay in the database.
     */
    public StreamableMessageSource<TrackedEventMessage<?>> only(String... eventNames) {
        List<String> names = List.of(eventNames);
        EventTail all = this;
        return new StreamableMessageSource<>() {
            @Override
            public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
                return all.open(after -> engine.tail(after, names), token);
            }

            @Override
            public TrackingToken createTailToken() {
                return all.createTailToken();
            }

            @Override
            public TrackingToken createHeadToken() {
                return all.createHeadToken();
            }

            @Override
            public TrackingToken createTokenAt(Instant time) {
                return all.createTokenAt(time);
            }
        };
    }

    private TailStream open(LongFunction<TailPage> tail, @Nullable TrackingToken token) {
        TailStream stream = new TailStream(tail, PostgresEventStorageEngine.index(token), streams::remove);
        streams.add(stream);
        return stream;
    }

    /** Has every reader told that there is something new. */
    private void wakeSoon() {
        if (!streams.isEmpty() && waking.compareAndSet(false, true)) {
            long wait = Math.max(0, woken + pause - System.nanoTime());
            try {
                poller.schedule(this::wake, wait, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("The tail is closed, nobody is told of new events", e);
            }
        }
    }

    private void wake() {
        woken = System.nanoTime();
        waking.set(false);
        streams.forEach(TailStream::wake);
    }

    private void poll() {
        try {
            if (waking.get() || streams.stream().allMatch(TailStream::isAwake)) {
                return; // all of them look anyway, soon or now
            }
            long head = engine.head();
            if (streams.stream().anyMatch(stream -> stream.isBehind(head))) {
                wake();
            }
            failing = false;
        } catch (DataAccessException e) {
            // Thrown on, it would end the polling. The readers ask the same database and say it aloud.
            log.debug("The event store cannot be asked for its head", e);
        } catch (RuntimeException e) {
            // A mistake of ours, which must not end it either.
            if (!failing) {
                failing = true;
                log.error("Readers cannot be told of what other nodes append", e);
            }
        }
    }

    @Override
    public TrackingToken createTailToken() {
        return engine.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return engine.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return engine.createTokenAt(time);
    }

    @Override
    public void close() {
        poller.shutdownNow();
    }
}
