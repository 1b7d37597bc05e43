package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.error.ApiException;
import io.opsflow.queryside.fixture.TaskEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Who has begun, in that order; each goes on until it is let go. */
    private final BlockingQueue<Query> begun = new LinkedBlockingQueue<>();

    private final List<Query> all = new CopyOnWriteArrayList<>();

    private record Query(String name, CompletableFuture<String> end) {}

    @AfterEach
    void close() {
        threads.shutdownNow(); // those that wait for their turn
        all.forEach(query -> query.end().complete(""));
        threads.close();
    }

    @Test
    void whoeverIsAloneTakesThemAll() throws Exception {
        Turns turns = new Turns(3, Duration.ofMinutes(1), meters);
        for (int i = 0; i < 3; i++) {
            assertThat(begin(turns, "domain-a", "kim").name()).isEqualTo("domain-a/kim");
        }
    }

    @Test
    void theNextTurnIsThatOfWhoHasTheFewest() throws Exception {
        Turns turns = new Turns(2, Duration.ofMinutes(1), meters);
        Query first = begin(turns, "domain-a", "kim");
        Query second = begin(turns, "domain-a", "kim");
        wait(turns, 1, "domain-a", "kim");
        wait(turns, 2, "domain-a", "kim");
        wait(turns, 3, "domain-a", "lee");
        wait(turns, 4, "domain-b", "park");

        first.end().complete("");
        Query third = next();
        assertThat(third.name()).isEqualTo("domain-b/park");
        second.end().complete("");
        Query fourth = next();
        assertThat(fourth.name()).isEqualTo("domain-a/kim");
        fourth.end().complete("");
        assertThat(next().name()).isEqualTo("domain-a/kim");
    }

    @Test
    void ofOneDomainTheUserWithTheFewestIsNext() throws Exception {
        Turns turns = new Turns(2, Duration.ofMinutes(1), meters);
        Query first = begin(turns, "domain-a", "kim");
        begin(turns, "domain-a", "kim");
        wait(turns, 1, "domain-a", "kim");
        wait(turns, 2, "domain-a", "lee");

        first.end().complete("");
        assertThat(next().name()).isEqualTo("domain-a/lee");
    }

    @Test
    void whoWaitsTooLongIsRefusedAndTakesNobodysTurn() throws Exception {
        Turns turns = new Turns(1, Duration.ofMillis(50), meters);
        Future<String> asked = ask(turns, "domain-a", "kim");
        Query only = next();

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> turns.run(caller("domain-b", "park"), () -> "answered"))
                .matches(e -> e.status() == 503);
        assertThat(meters.get("opsflow.query.waited.in.vain").counter().count()).isEqualTo(1);
        assertThat(turns.waiting()).isZero();

        only.end().complete("");
        asked.get(); // it has given its turn back
        assertThat(turns.run(caller("domain-b", "park"), () -> "answered")).isEqualTo("answered");
    }

    @Test
    void aQueryThatFailsGivesItsTurnBack() {
        Turns turns = new Turns(1, Duration.ZERO, meters);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> turns.run(caller("a", "kim"), () -> {
                    throw new IllegalStateException();
                }));
        assertThat(turns.run(caller("a", "kim"), () -> "answered")).isEqualTo("answered");
    }

    private Query begin(Turns turns, String domain, String user) throws InterruptedException {
        Future<String> unused = ask(turns, domain, user);
        return next();
    }

    /** That begins; a test that waits for none fails, and does not wait for ever. */
    private Query next() throws InterruptedException {
        Query query = begun.poll(30, TimeUnit.SECONDS);
        assertThat(query).isNotNull();
        return query;
    }

    private Future<String> ask(Turns turns, String domain, String user) {
        return threads.submit(() -> turns.run(caller(domain, user), () -> {
            Query query = new Query(domain + "/" + user, new CompletableFuture<>());
            all.add(query);
            begun.add(query);
            return endOf(query);
        }));
    }

    /** Interrupted by {@link #close}: a query that is given its turn only then is not among those that are ended there. */
    private static String endOf(Query query) {
        try {
            return query.end().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void wait(Turns turns, int waiting, String domain, String user) {
        Future<String> unused = ask(turns, domain, user);
        await().until(() -> turns.waiting() == waiting);
    }

    private static Caller caller(String domain, String user) {
        return new Caller(Role.WORKSPACE_OWNER, ActorKind.USER, user, domain, TaskEvents.WORKSPACE, null, List.of());
    }
}
