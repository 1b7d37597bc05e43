package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.DistributionSummary;
import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.eventstore.idempotency.AnsweredRequest;
import io.opsflow.commandside.eventstore.idempotency.AnsweredRequests;
import io.opsflow.commandside.eventstore.idempotency.IdempotencyKey;
import io.opsflow.commandside.eventstore.idempotency.KeyUsedException;
import io.opsflow.commandside.eventstore.idempotency.KeyedRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

class GroupCommitTest extends StoreTest {

    private static final int COMMANDS = 20;

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void endCallers() {
        callers.close();
    }

    @Test
    void commandsThatCameMeanwhileShareATransaction() throws Exception {
        List<CompletableFuture<?>> commands = new ArrayList<>();
        whileTheLockIsHeld(() -> {
            commands.add(append("task-0", 0));
            awaitThatAllWait();
            await().until(() -> waiting() == 0); // it has gone ahead of the others
            for (int i = 1; i < COMMANDS; i++) {
                commands.add(append("task-" + i, 0));
            }
            awaitThatAllWait();
            assertThat(waiting()).isEqualTo(COMMANDS - 1);
        });

        commands.forEach(CompletableFuture::join);
        assertThat(sql.queryForObject("select count(distinct xmin::text) from domain_event", Long.class))
                .isLessThanOrEqualTo(2);
        assertThat(all())
                .extracting(StoreTest::index)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, COMMANDS).boxed().toList());
        DistributionSummary shared = meters.get("opsflow.append.commands").summary();
        assertThat(shared.totalAmount()).isEqualTo(COMMANDS);
        assertThat(shared.count()).isLessThanOrEqualTo(2);
        assertThat(meters.get("opsflow.append")
                        .tag("outcome", "committed")
                        .timer()
                        .count())
                .isEqualTo(shared.count());
        assertThat(meters.get("opsflow.append.events").counter().count()).isEqualTo(COMMANDS);
    }

    @Test
    void whoLosesLosesAlone() throws Exception {
        store.appendEvents(renamed("task-hot", 0));
        List<CompletableFuture<?>> hot = new ArrayList<>();
        List<CompletableFuture<?>> others = new ArrayList<>();
        List<CompletableFuture<?>> taken = new ArrayList<>();
        whileTheLockIsHeld(() -> {
            for (int i = 0; i < COMMANDS; i++) {
                hot.add(append("task-hot", 1));
                others.add(append("task-" + i, 0));
                taken.add(append("task-hot", 0));
            }
        });

        assertThat(hot.stream().filter(GroupCommitTest::isDone)).hasSize(1);
        assertThat(hot.stream().filter(command -> failure(command) instanceof ConcurrencyException))
                .hasSize(COMMANDS - 1);
        assertThat(taken).allMatch(command -> failure(command) instanceof DuplicateIdException);
        assertThat(others).allMatch(GroupCommitTest::isDone);
        assertThat(all()).hasSize(1 + 1 + COMMANDS);
    }

    @Test
    void whatTheDatabaseDoesNotTakeFailsAlone() throws Exception {
        List<CompletableFuture<?>> others = new ArrayList<>();
        List<CompletableFuture<?>> unstorable = new ArrayList<>();
        whileTheLockIsHeld(() -> {
            for (int i = 0; i < COMMANDS; i++) {
                others.add(append("task-" + i, 0));
            }
            unstorable.add(run(() -> store.appendEvents(
                    renamed("task-x", 0).andMetaData(new EventScope("domain-1", "\0", "").asMetaData()))));
        });

        assertThat(others).allMatch(GroupCommitTest::isDone);
        assertThat(failure(unstorable.getFirst())).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(all()).hasSize(COMMANDS);
    }

    @Test
    void whatIsTooLongForAKeyOfTheDatabaseFailsAlone() throws Exception {
        List<CompletableFuture<?>> others = new ArrayList<>();
        List<CompletableFuture<?>> tooLong = new ArrayList<>();
        String user = new Random(7)
                .ints(5_000, 'A', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        whileTheLockIsHeld(() -> {
            for (int i = 0; i < COMMANDS; i++) {
                others.add(append("task-" + i, 0));
            }
            KeyedRequest request = new KeyedRequest(new IdempotencyKey("domain-1", user, "k"), "hash");
            tooLong.add(run(() -> keyed(request, renamed("task-x", 0))));
        });

        assertThat(others).allMatch(GroupCommitTest::isDone);
        assertThat(failure(tooLong.getFirst())).hasRootCauseInstanceOf(SQLException.class);
        assertThat(all()).hasSize(COMMANDS);
    }

    @Test
    void whatARuleRefusesFailsAloneAndSeesAllThatCameBefore() throws Exception {
        List<CompletableFuture<?>> others = new ArrayList<>();
        List<CompletableFuture<?>> refused = new ArrayList<>();
        whileTheLockIsHeld(() -> {
            others.add(append("task-1", 0));
            awaitThatAllWait(); // in their order
            refused.add(run(() -> guarded(GroupCommitTest::refuseWhereThereIsAnEvent, renamed("task-2", 0))));
            awaitThatAllWait();
            others.add(append("task-3", 0));
        });

        assertThat(others).allMatch(GroupCommitTest::isDone);
        assertThat(failure(refused.getFirst())).isInstanceOf(ApiException.class);
        assertThat(store.lastSequenceNumberFor("task-2")).isEmpty();
        assertThat(all()).hasSize(2);
    }

    @Test
    void aListenerThatFailsKeepsNobodyFromAppending() {
        store.whenAppended(() -> {
            throw new AssertionError("a listener");
        });
        assertThat(append("task-1", 0)).matches(GroupCommitTest::isDone);
        assertThat(append("task-1", 1)).matches(GroupCommitTest::isDone);
    }

    @Test
    void whenTheAppenderEndsWhatWaitsIsRefusedAndWhatComes() throws Exception {
        AtomicInteger appended = new AtomicInteger();
        store.whenAppended(() -> {
            appended.incrementAndGet();
            Thread.currentThread().interrupt();
        });
        List<CompletableFuture<?>> commands = new ArrayList<>();
        whileTheLockIsHeld(() -> {
            for (int i = 0; i < COMMANDS; i++) {
                DomainEventMessage<?> event = renamed("task-" + i, 0);
                commands.add(run(() -> guarded(connection -> {}, event))); // each in a group of its own
            }
        });

        assertThat(commands.stream().filter(GroupCommitTest::isDone)).hasSize(1);
        assertThat(commands.stream().filter(GroupCommitTest::isUnavailable)).hasSize(COMMANDS - 1);
        assertThat(append("task-late", 0)).matches(GroupCommitTest::isUnavailable);
        assertThat(appended).hasValue(1);
        assertThat(all()).hasSize(1);
    }

    private static boolean isUnavailable(CompletableFuture<?> command) {
        return failure(command) instanceof ApiException refusal && refusal.status() == 503;
    }

    @Test
    void ofRequestsWithTheSameKeyOneIsWrittenAndTheOthersAreTold() throws Exception {
        KeyedRequest request = new KeyedRequest(new IdempotencyKey("domain-1", "kim", "k"), "hash");
        List<CompletableFuture<?>> repeats = new ArrayList<>();
        whileTheLockIsHeld(() -> {
            for (int i = 0; i < COMMANDS; i++) {
                DomainEventMessage<?> event = renamed("task-" + i, 0);
                repeats.add(run(() -> keyed(request, event)));
            }
        });

        assertThat(repeats.stream().filter(GroupCommitTest::isDone)).hasSize(1);
        assertThat(repeats.stream().filter(command -> failure(command) instanceof KeyUsedException))
                .hasSize(COMMANDS - 1);
        assertThatThrownBy(() -> keyed(request, renamed("task-late", 0))).isInstanceOf(KeyUsedException.class);
        String written = (String)
                sql.queryForMap("select aggregate_id from domain_event").get("aggregate_id");
        assertThat(new AnsweredRequests(JdbcClient.create(sql)).find(request.key()))
                .contains(new AnsweredRequest(request, written, 0));
    }

    @Test
    void killedConnectionsLoseNothingThatWasAcknowledgedAndDoubleNothing() throws Exception {
        int appends = 150;
        List<PostgresEventStorageEngine> nodes = List.of(store, engine());
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<?> killer = run(() -> {
            while (!isOver.get()) {
                pauseAtRandom(40);
                killAConnection();
            }
        });
        List<CompletableFuture<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            String id = "task-" + writer;
            PostgresEventStorageEngine node = nodes.get(writer % nodes.size());
            writers.add(run(() -> {
                for (int sequence = 0; sequence < appends; sequence++) {
                    pauseAtRandom(3);
                    appendUntilItIsThere(node, id, sequence);
                }
            }));
        }
        List<Long> seen = new ArrayList<>();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(2))
                .ignoreExceptionsMatching(GroupCommitTest::isOfTheDatabase)
                .until(() -> {
                    boolean isAllWritten = writers.stream().allMatch(CompletableFuture::isDone);
                    List<Long> page =
                            nodes.getLast().tail(seen.isEmpty() ? 0 : seen.getLast(), TailPage.FIRST).events().stream()
                                    .map(StoreTest::index)
                                    .toList();
                    seen.addAll(page);
                    return isAllWritten && page.isEmpty();
                });
        isOver.set(true);
        killer.join();
        writers.forEach(CompletableFuture::join);

        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 8L * appends).boxed().toList());
        for (int writer = 0; writer < 8; writer++) {
            String id = "task-" + writer;
            await().atMost(Duration.ofMinutes(1)) // the last connection that was killed may be the next that is used
                    .ignoreExceptionsMatching(GroupCommitTest::isOfTheDatabase)
                    .untilAsserted(
                            () -> assertThat(store.readEvents(id).asStream().map(DomainEventMessage::getSequenceNumber))
                                    .containsExactlyElementsOf(
                                            LongStream.range(0, appends).boxed().toList()));
        }
    }

    /** As a client does that gets no answer: looks whether it was done, and does it again if not. */
    private static void appendUntilItIsThere(PostgresEventStorageEngine node, String id, long sequence) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(5))
                .ignoreExceptionsMatching(GroupCommitTest::isOfTheDatabase)
                .until(() -> {
                    if (node.lastSequenceNumberFor(id).orElse(-1L) < sequence) {
                        node.appendEvents(renamed(id, sequence));
                    }
                    return true;
                });
    }

    private static boolean isOfTheDatabase(Throwable failure) {
        return failure instanceof DataAccessException || failure instanceof TransactionException;
    }

    private void killAConnection() {
        try {
            sql.query("""
                    select pg_terminate_backend(pid) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()
                     order by random() limit 1
                    """, row -> {});
        } catch (DataAccessException e) {
            assertThat(isOfTheDatabase(e)).isTrue(); // it was hit itself
        }
    }

    private static void pauseAtRandom(int mostMillis) {
        long until = System.nanoTime()
                + ThreadLocalRandom.current()
                        .nextLong(Duration.ofMillis(mostMillis).toNanos());
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private static void refuseWhereThereIsAnEvent(Connection connection) throws SQLException {
        try (var look = connection.prepareStatement("select 1 from domain_event where aggregate_id = 'task-1'");
                var row = look.executeQuery()) {
            if (row.next()) {
                throw ApiException.exists("Task", "TaskCategory");
            }
        }
    }

    private CompletableFuture<?> append(String id, long sequence) {
        return run(() -> store.appendEvents(renamed(id, sequence)));
    }

    private CompletableFuture<?> run(Runnable action) {
        begun.incrementAndGet();
        return CompletableFuture.runAsync(
                () -> {
                    threads.add(Thread.currentThread());
                    action.run();
                },
                callers);
    }

    /** Nothing that is begun meanwhile can be committed before it ends. */
    private void whileTheLockIsHeld(Runnable begin) throws Exception {
        try (Connection other = pool.getConnection()) {
            other.setAutoCommit(false);
            try (var limits = other.createStatement()) {
                limits.execute("set local idle_in_transaction_session_timeout = 0");
            }
            try (var lock = other.prepareStatement("select pg_advisory_xact_lock(?)")) {
                lock.setLong(1, AppendTransaction.LOCK);
                lock.execute();
            }
            begin.run();
            awaitThatAllWait();
            other.rollback();
        }
    }

    private double waiting() {
        return meters.get("opsflow.append.waiting").gauge().value();
    }

    private void awaitThatAllWait() {
        await().until(() -> threads.size() == begun.get()
                && threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
    }

    private static boolean isDone(CompletableFuture<?> command) {
        return failure(command) == null;
    }

    private static @Nullable Throwable failure(CompletableFuture<?> command) {
        try {
            command.get(30, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof CompletionException completion ? completion.getCause() : e.getCause();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
