package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

class ConcurrentAppendTest extends StoreTest {

    private static final int WRITERS = 8;
    private static final int APPENDS = 100;
    private static final Duration FREED = Duration.ofSeconds(10);

    @Test
    void aReaderOfTheTailNeverSeesAHoleWhileManyWrite() throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                String id = "task-" + writer;
                PostgresEventStorageEngine node = engine();
                writing.add(writers.submit(() -> {
                    for (int i = 0; i < APPENDS; i++) {
                        node.appendEvents(renamed(id, 2 * i), renamed(id, 2 * i + 1));
                    }
                }));
            }

            List<Long> seen = new ArrayList<>();
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        long last = seen.isEmpty() ? 0 : seen.getLast();
                        store.readEvents(new GlobalSequenceTrackingToken(last), false)
                                .forEach(event -> seen.add(index((TrackedEventMessage<?>) event)));
                        return seen.size() >= 2 * WRITERS * APPENDS;
                    });

            for (Future<?> writer : writing) {
                writer.get();
            }
            assertThat(seen)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 2L * WRITERS * APPENDS)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void ofManyWhoAppendAtTheSamePlaceOneWins() throws Exception {
        store.appendEvents(renamed("task-1", 0));
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Boolean>> attempts = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                attempts.add(writers.submit(() -> {
                    try {
                        engine().appendEvents(renamed("task-1", 1));
                        return true;
                    } catch (ConcurrencyException e) {
                        return false;
                    }
                }));
            }
            int won = 0;
            for (Future<Boolean> attempt : attempts) {
                won += attempt.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
            assertThat(store.head()).isEqualTo(2);
        }
    }

    @Test
    void whoHangsWithTheLockLosesItAndTheOthersGoOn() throws Exception {
        try (Connection hung = pool.getConnection()) {
            hung.setAutoCommit(false);
            try (var lock = hung.prepareStatement("select pg_advisory_xact_lock(?)")) {
                lock.setLong(1, AppendTransaction.LOCK);
                lock.execute();
            }
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> store.appendEvents(renamed("task-1", 0)));

            assertThat(other).succeedsWithin(FREED);
            assertThatThrownBy(() -> hung.createStatement().execute("select 1")).isInstanceOf(Exception.class);
        }
    }

    /** No statement of its is too long, and it is never idle. */
    @Test
    void whoWorksTooLongWithTheLockLosesItAndTheOthersGoOn() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> guarded(
                connection -> {
                    held.countDown();
                    while (true) {
                        try (var work = connection.createStatement()) {
                            work.execute("select pg_sleep(4)");
                        }
                    }
                },
                renamed("task-1", 0)));
        held.await();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> engine().appendEvents(renamed("task-2", 0)));

        assertThat(other).succeedsWithin(FREED);
        assertThat(holder)
                .failsWithin(FREED)
                .withThrowableThat()
                .havingCause()
                .isInstanceOfAny(DataAccessException.class, TransactionException.class);
        store.appendEvents(renamed("task-3", 0));
        assertThat(all()).hasSize(2);
    }

    @Test
    void appendsGoOnOverNewConnectionsWhenAllWereKilled() {
        store.appendEvents(renamed("task-1", 0));
        sql.query(
                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
                        + " and datname = current_database()",
                row -> {});

        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .untilAsserted(() -> {
                    if (store.lastSequenceNumberFor("task-1").orElseThrow() == 0) {
                        store.appendEvents(renamed("task-1", 1));
                    }
                    assertThat(store.head()).isEqualTo(2);
                });
    }
}
