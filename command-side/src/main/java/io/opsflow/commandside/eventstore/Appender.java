package io.opsflow.commandside.eventstore;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.eventstore.idempotency.KeyUsedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Group commit: one thread a process appends what has come in while it was busy with the group before, in one
 * transaction. The more there is to do, the larger the groups, and nobody waits for a group to fill.
 */
final class Appender implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Appender.class);

    private static final String ENDED = "This process appends nothing any more.";

    private static final int MOST_COMMANDS = 256;
    private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    /** The class of SQL states of what is too large or too complex for the database. */
    private static final String PAST_A_LIMIT = "54";

    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

    private final JdbcTemplate jdbc;
    private final TransactionOperations newTransaction;
    private final HeadMemory memory;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AppendMeters meters;
    private final Thread thread = Thread.ofPlatform().daemon().name("appender").unstarted(this::run);
    private final Waiting end = new Waiting(new Append(List.of(), Map.of(), 0, List.of(), null));
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private boolean closed;

    private record Committed(List<@Nullable RuntimeException> refusals, HeadMemory.Seen now) {}

    private record Waiting(Append append, CompletableFuture<Integer> done) {
        Waiting(Append append) {
            this(append, new CompletableFuture<>());
        }
    }

    /** @param newTransaction begins a transaction on what {@code jdbc} uses */
    Appender(JdbcTemplate jdbc, TransactionOperations newTransaction, HeadMemory memory, MeterRegistry registry) {
        this.jdbc = jdbc;
        this.newTransaction = newTransaction;
        this.memory = memory;
        this.meters = new AppendMeters(registry, queue);
        thread.start();
    }

    void whenAppended(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * Returns when it is durable.
     *
     * @return how many commands shared its transaction
     * @throws ConcurrencyException where others changed what it rests on; nothing is written
     * @throws DuplicateIdException where it creates an aggregate under an id that is taken; nothing is written
     * @throws KeyUsedException where its request was answered before; nothing is written
     * @throws ApiException (503) where the store is in doubt, nothing is written then; or where this has ended, nobody
     *     knows then
     * @throws RuntimeException what a guard refused it with; nothing is written
     * @throws DataAccessException where the database is away, as does {@link TransactionException}. Either may arise
     *     after it was written, when the connection breaks while the server commits
     */
    int append(Append append) {
        Waiting waiting = new Waiting(append);
        enqueue(waiting);
        try {
            return waiting.done().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private synchronized void enqueue(Waiting waiting) {
        if (closed) {
            throw ApiException.unavailable(ENDED);
        }
        queue.add(waiting);
    }

    private void run() {
        List<Waiting> group = new ArrayList<>();
        try {
            while (nextGroup(group)) {
                append(group);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that is about to end.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            log.error("The appender has ended, this process takes no commands any more", e);
        } finally {
            refuseWhoWaits(group);
        }
    }

    private synchronized void refuseWhoWaits(List<Waiting> group) {
        closed = true;
        queue.drainTo(group);
        group.forEach(one -> one.done().completeExceptionally(ApiException.unavailable(ENDED)));
    }

    /** Whether it takes commands. */
    synchronized boolean isOpen() {
        return !closed;
    }

    /** Waits for the first; false at the end. */
    private boolean nextGroup(List<Waiting> group) throws InterruptedException {
        group.clear();
        Waiting next = queue.take();
        int size = 0;
        while (next != null && next != end) {
            group.add(next);
            size += next.append().size();
            if (goesAlone(next) || group.size() == MOST_COMMANDS || size > MOST_CHARACTERS) {
                break;
            }
            Waiting peeked = queue.peek();
            next = peeked == null || goesAlone(peeked) || peeked == end ? null : queue.poll();
        }
        return !group.isEmpty();
    }

    /** A guard may fail in its own statements, which ends the transaction: not that of others. */
    private static boolean goesAlone(Waiting waiting) {
        return !waiting.append().guards().isEmpty();
    }

    private void append(List<Waiting> group) {
        List<@Nullable RuntimeException> refusals;
        long began = System.nanoTime();
        try {
            refusals = commit(group.stream().map(Waiting::append).toList());
            meters.committed(group.size(), events(group, refusals), System.nanoTime() - began);
        } catch (RuntimeException | Error e) {
            meters.failed(System.nanoTime() - began);
            if (group.size() > 1 && isForWhatOneHolds(e)) {
                // Each for itself, and only that one fails.
                group.forEach(one -> append(List.of(one)));
            } else {
                group.forEach(one -> one.done().completeExceptionally(passedOn(e)));
            }
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            RuntimeException refusal = refusals.get(i);
            if (refusal == null) {
                group.get(i).done().complete(group.size());
            } else {
                group.get(i).done().completeExceptionally(refusal);
            }
        }
        listeners.forEach(Appender::tell);
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            log.error("Who was to hear of an append has failed", e);
        }
    }

    private static int events(List<Waiting> group, List<@Nullable RuntimeException> refusals) {
        int events = 0;
        for (int i = 0; i < group.size(); i++) {
            events += refusals.get(i) == null ? group.get(i).append().events().size() : 0;
        }
        return events;
    }

    private List<@Nullable RuntimeException> commit(List<Append> group) {
        HeadMemory.Seen before = memory.seen();
        Committed committed = Objects.requireNonNull(newTransaction.execute(status ->
                jdbc.execute((ConnectionCallback<Committed>) connection -> {
                    AppendTransaction transaction = new AppendTransaction(connection, before);
                    return new Committed(transaction.append(group), transaction.now());
                })));
        memory.remember(committed.now());
        return committed.refusals();
    }

    /** Whether the database does not take what is in one of them: a value, a constraint, or one of its limits. */
    private static boolean isForWhatOneHolds(Throwable failure) {
        return failure instanceof DataIntegrityViolationException
                || (failure instanceof DataAccessException
                        && failure.getCause() instanceof SQLException e
                        && e.getSQLState() != null
                        && e.getSQLState().startsWith(PAST_A_LIMIT));
    }

    private static Throwable passedOn(Throwable failure) {
        // Somebody wrote without the lock: the unique constraints have the last word. Without the cause, as the
        // gateway's retries look through causes for what is no lost race.
        return failure instanceof DuplicateKeyException
                ? new ConcurrencyException("others appended at the same place: " + failure.getMessage())
                : failure;
    }

    /** Appends what has come in, and takes no more. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                queue.add(end);
            }
        }
        try {
            thread.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
