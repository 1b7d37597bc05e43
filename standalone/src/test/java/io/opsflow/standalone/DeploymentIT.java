package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * One life of what docker-compose.yml describes. Every server is killed as by {@code kill -9}, time and again, in the
 * middle of a burst of writes, over one growing store, and the clients' memories, the store, the topic and the read model
 * are held against each other; in the end it stops in order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeploymentIT {

    private static final int ROUNDS = 3;
    private static final int HALF = 120;
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final int PARTITIONS = 12;
    private static final long UNKNOWN = 1;
    private static final Duration CATCHING_UP = Duration.ofSeconds(60);

    /** The group notices a dead member after ten seconds; the rest is for what it has left undone. */
    private static final Duration REPLACED = Duration.ofSeconds(15);

    private static Deployment servers;

    @BeforeAll
    static void start(@TempDir Path directory) throws SQLException {
        servers = Deployment.start(directory);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    /** The jar holds it: strangers need not know which versions run. */
    @Test
    @Order(1)
    void theBillOfMaterialsIsNotServed() {
        ApiClient admin = servers.commandSide().as(servers.systemAdmin());
        assertThat(admin.get("/actuator/sbom").status()).isEqualTo(404);
        assertThat(admin.get("/actuator/sbom/application").status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void whateverIsKilledNothingAcknowledgedIsLostAndNothingIsDoneTwice() throws Exception {
        Deployment.Work work = servers.prepareWork();
        try (Burst burst = burst(work)) {
            for (int round = 0; round < ROUNDS; round++) {
                ApiClient.Answer created = createOnce(work, round);

                burst.swing(HALF);
                servers.querySide().kill();
                burst.swing(HALF);
                servers.querySide().restart();

                servers.broker().kill();
                burst.swing(HALF);
                servers.broker().restart();

                burst.swing(HALF);
                servers.querySide().awaitReady();
                servers.database().kill();
                servers.database().restart();

                burst.swing(HALF);
                servers.commandSide().kill();
                servers.commandSide().restart();
                servers.commandSide().awaitReady();
                ApiClient.Answer repeated = createOnce(work, round);
                assertThat(repeated.response().body())
                        .isEqualTo(created.response().body());
                assertThat(repeated.header("ETag")).isEqualTo(created.header("ETag"));
            }
            ForcedMoves moves = killedInTheMiddleOfMoves();
            burst.swing(HALF);
            List<Sent> sent = burst.finish();

            List<StoredEvent> events = StoredEvent.all(
                    servers.database().jdbcUrl("event_store"),
                    servers.database().user(),
                    servers.database().password());
            EventStoreAudit store = new EventStoreAudit(events).isWhole();
            store.agreesWith(sent);
            moves.areDoneOnce(events);
            ReadModelAudit readModel = new ReadModelAudit(() -> servers.connect("read_model"));
            readModel.await(events);
            TopicAudit.holdsAll(
                    events, Map.of("bootstrap.servers", servers.broker().bootstrapServers()));
            readModel.tells(store.tasks(), servers.querySide().as(servers.owner()));
            isWhatARebuildMakes();
        }
    }

    /** Row by row and column by column: whatever happened on the way has left no trace. */
    private static void isWhatARebuildMakes() throws SQLException {
        ApiClient system = servers.querySide().as(servers.systemAdmin());
        Map<String, List<String>> rows = ReadModelRows.read(servers.connect("read_model"));
        long before = liveGeneration(system);

        assertThat(system.post("/admin/read-model/rebuild", "").status()).isEqualTo(200);

        await().atMost(CATCHING_UP).until(() -> liveGeneration(system) != before);
        assertThat(ReadModelRows.read(servers.connect("read_model"))).isEqualTo(rows);
    }

    private static long liveGeneration(ApiClient system) {
        return system.get("/admin/read-model").body().at("/live/generation").longValue();
    }

    @Test
    @Order(2)
    void twoProcessesShareTheReadModelAndOneThatDiesIsReplaced() throws Exception {
        Side another = servers.anotherQuerySide();
        await().atMost(CATCHING_UP)
                .until(() -> partitions(another) > 0 && partitions(servers.querySide()) < PARTITIONS);
        ApiClient system = servers.querySide().as(servers.systemAdmin());
        try (Burst burst = burst(servers.prepareWork())) {
            burst.swing(HALF);
            Instant killed = Instant.now();
            another.kill();
            burst.swing(HALF);
            burst.finish();
            await().atMost(REPLACED.minus(Duration.between(killed, Instant.now())))
                    .until(() -> partitions(servers.querySide()) == PARTITIONS && lag(system) == 0);
            System.out.printf(
                    "a query side that died was replaced after %d ms (goal 15000)%n",
                    Duration.between(killed, Instant.now()).toMillis());
        }
        isWhatARebuildMakes();
    }

    /** How many the process follows. */
    private static long partitions(Side querySide) {
        return querySide
                .as(servers.systemAdmin())
                .get("/actuator/prometheus")
                .body()
                .stringValue()
                .lines()
                .filter(line -> line.startsWith("opsflow_feed_lag{"))
                .count();
    }

    private static long lag(ApiClient system) {
        return system.get("/admin/feed")
                .body()
                .get("partitions")
                .valueStream()
                .mapToLong(partition -> partition.get("lag").asLong(UNKNOWN))
                .sum();
    }

    @Test
    @Order(3)
    void bothSidesStopInOrder() {
        assertThat(servers.commandSide().terminate(STOP)).isIn(0, 143);
        assertThat(servers.querySide().terminate(STOP)).isIn(0, 143);
    }

    /** Nobody whom an answer needs gives one, and there are requests that wait for theirs. */
    @Test
    @Order(4)
    void bothSidesStopInTimeWhateverHangs() throws Exception {
        try (ServerSocket collector = new ServerSocket(0)) {
            Map<String, String> traced = Map.of(
                    "OPSFLOW_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + collector.getLocalPort(),
                    "OPSFLOW_OTLP_SAMPLED",
                    "1");
            servers.commandSide().restart(traced);
            servers.querySide().restart(traced);
            servers.commandSide().awaitReady();
            servers.querySide().awaitReady();
            Deployment.Work work = servers.prepareWork();

            servers.broker().kill();
            servers.hangDatabase();
            try (Parts requests = new Parts()) {
                requests.add(servers.commandSide().begin("create", servers.owner(), aTask(work)));
                requests.add(servers.querySide().begin("list", servers.owner(), "{}"));
                var commandSide = CompletableFuture.supplyAsync(
                        () -> servers.commandSide().terminate(STOP));
                assertThat(servers.querySide().terminate(STOP)).isEqualTo(143);
                assertThat(commandSide.join()).isEqualTo(143);
            }
        } finally {
            servers.database().kill();
        }
    }

    private static String aTask(Deployment.Work work) {
        return Json.write(Map.of(
                "name",
                "x",
                "status_id",
                work.statusIds().getFirst(),
                "project_id",
                "project-1",
                "task_type_id",
                work.taskTypeId()));
    }

    /** However often it is asked for in a round. */
    private static ApiClient.Answer createOnce(Deployment.Work work, int round) {
        ApiClient.Answer created = servers.commandSide()
                .as(servers.owner())
                .task(
                        "create",
                        Map.of(
                                "name",
                                "once",
                                "status_id",
                                work.statusIds().getFirst(),
                                "project_id",
                                "project-1",
                                "task_type_id",
                                work.taskTypeId()),
                        Map.of("Idempotency-Key", "round-" + round));
        assertThat(created.status()).isEqualTo(200);
        return created;
    }

    private static Burst burst(Deployment.Work work) {
        return new Burst(List.of(servers.commandSide().as(servers.owner())), work.taskTypeId(), work.statusIds());
    }

    /** Tasks are moving out of a status that was removed by force; the next start goes on with the rest. */
    private static ForcedMoves killedInTheMiddleOfMoves() throws SQLException {
        ApiClient admin = servers.commandSide().as(servers.admin());
        ForcedMoves moves = new ForcedMoves(admin, servers.commandSide().as(servers.owner()));
        try (Connection store = servers.connect("event_store")) {
            moves.begin(admin);
            moves.inTheMiddle(store, servers.commandSide()::kill);
            servers.commandSide().restart();
            moves.awaitDone(store);
        }
        return moves;
    }
}
