package io.opsflow.commandside.eventstore.tail;

import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
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
import java.util.function.Function;
import java.util.function.LongSupplier;
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
 * is something new, which then looks every half second. This one tells it at once after an append on this process,
 * within {@code pollEvery} after an append elsewhere, and in either case not before {@code pause} is over since it was
 * told last. Nobody asks the database while no processor of this process reads.
 */
public final class EventTail implements StreamableMessageSource<TrackedEventMessage<?>>, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventTail.class);

    /** Of a reader who takes no longer than the database. */
    private static final LongSupplier ALL_DONE = () -> Long.MAX_VALUE;

    private final PostgresEventStorageEngine engine;
    private final long pause;
    private final ScheduledExecutorService poller;
    private final Set<TailStream> streams = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean waking = new AtomicBoolean();
    private volatile long woken;
    private final Turns polling = new Turns();
    private final Turns telling = new Turns();

    /**
     * @param pollEvery how soon readers hear of what other processes append
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
        return open(engine::tail, ALL_DONE, token);
    }

    /**
     * For a reader who wants few events: those of these names, and now and then another, by which its position moves
     * on. The others stay in the database.
     */
    public StreamableMessageSource<TrackedEventMessage<?>> only(String... eventNames) {
        List<String> names = List.of(eventNames);
        return new Part(token -> open((after, most) -> engine.tail(after, names, most), ALL_DONE, token));
    }

    /**
     * For a reader who may have to wait long before he goes on: he gets no more than fits into memory meanwhile.
     *
     * @param done the index up to which he has done all
     */
    public StreamableMessageSource<TrackedEventMessage<?>> slowedBy(LongSupplier done) {
        return new Part(token -> open(engine::tail, done, token));
    }

    private TailStream open(TailStream.Tail tail, LongSupplier done, @Nullable TrackingToken token) {
        TailStream stream = new TailStream(tail, PostgresEventStorageEngine.index(token), done, streams::remove);
        streams.add(stream);
        return stream;
    }

    /** The tail as it is for some readers. */
    private final class Part implements StreamableMessageSource<TrackedEventMessage<?>> {

        private final Function<@Nullable TrackingToken, TailStream> open;

        Part(Function<@Nullable TrackingToken, TailStream> open) {
            this.open = open;
        }

        @Override
        public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
            return open.apply(token);
        }

        @Override
        public TrackingToken createTailToken() {
            return EventTail.this.createTailToken();
        }

        @Override
        public TrackingToken createHeadToken() {
            return EventTail.this.createHeadToken();
        }

        @Override
        public TrackingToken createTokenAt(Instant time) {
            return EventTail.this.createTokenAt(time);
        }
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
        streams.forEach(stream -> telling.unbroken(stream::wake));
    }

    private void poll() {
        polling.unbroken(() -> {
            streams.forEach(TailStream::wakeWhereDone);
            if (waking.get() || streams.stream().allMatch(TailStream::isAwake)) {
                return; // all of them look anyway, soon or now
            }
            long head = engine.head();
            if (streams.stream().anyMatch(stream -> stream.isBehind(head))) {
                wakeSoon(); // also as an append on this process may be about to
            }
        });
    }

    /** What is done time and again, whatever happens. */
    private static final class Turns {

        private boolean failing;

        void unbroken(Runnable turn) {
            try {
                turn.run();
                failing = false;
            } catch (DataAccessException e) {
                // Thrown on, it would end the polling. The readers ask the same database and say it aloud.
                log.debug("The event store cannot be asked for its head", e);
            } catch (RuntimeException e) {
                // A mistake of ours, which must not end it either.
                if (!failing) {
                    failing = true;
                    log.error("Readers cannot be told of what is appended", e);
                }
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
