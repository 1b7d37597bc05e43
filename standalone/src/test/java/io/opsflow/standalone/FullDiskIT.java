package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.FreePort;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk with the databases and the topic runs full under the jar, and there is room again. */
class FullDiskIT {

    private static final Duration HEALING = Duration.ofSeconds(60);
    private static final int MEGABYTES = 400;
    private static final int TOO_FEW = 50;
    private static final int HALF = 120;
    private static final Duration STOP = Duration.ofSeconds(20);

    @TempDir
    Path disk;

    private final int port = FreePort.find();

    /** Writes are refused meanwhile, reads go on, and the process stays. */
    @Test
    void itGoesOnWhenThereIsRoomAgainAndNothingAcknowledgedIsLost() throws Exception {
        try (SmallDisk small = start(MEGABYTES)) {
            JarProcess service = small.process();
            service.awaitLine("OpsFlow is ready");
            StandaloneHome home = new StandaloneHome(small.seenFromOutside(path()), port);
            ApiClient owner = home.as("workspace-owner");
            try (Burst burst = new Burst(List.of(owner), Demo.TASK_TYPE, List.of(Demo.TODO, Demo.DONE))) {
                burst.swing(HALF);

                small.fill();
                await().atMost(HEALING)
                        .until(() -> owner.task("create", aTask()).status() == 503);
                service.awaitLine("Kafka has ended and does not start again yet");
                assertThat(owner.task("list", Map.of()).status()).isEqualTo(200);
                assertThat(owner.get("/actuator/health/liveness").status()).isEqualTo(200);
                small.free();

                burst.swing(HALF);
                isAllThere(home, burst.finish());
            }
            assertThat(service.terminate(STOP)).isIn(0, 143);
        }
    }

    private static Map<String, String> aTask() {
        return Map.of(
                "name",
                "x".repeat(100),
                "description",
                "x".repeat(1_000),
                "status_id",
                Demo.TODO,
                "project_id",
                Demo.PROJECT,
                "task_type_id",
                Demo.TASK_TYPE);
    }

    private Path path() {
        return disk.resolve("home");
    }

    private SmallDisk start(int megabytes) throws Exception {
        return SmallDisk.start(
                disk,
                megabytes,
                JarProcess.command("standalone"),
                Map.of("OPSFLOW_HOME", path().toString(), "SERVER_PORT", Integer.toString(port)));
    }

    private static void isAllThere(StandaloneHome home, List<Sent> sent) throws Exception {
        Properties servers = home.servers();
        List<StoredEvent> events = StoredEvent.all(
                servers.getProperty("opsflow.event-store.url"),
                servers.getProperty("opsflow.event-store.user"),
                servers.getProperty("opsflow.event-store.password"));
        EventStoreAudit store = new EventStoreAudit(events).isWhole();
        store.agreesWith(sent);
        ReadModelAudit readModel = new ReadModelAudit(() -> readModel(servers));
        readModel.await(events);
        readModel.tells(store.tasks(), home.as("workspace-owner"));
        TopicAudit.holdsAll(events, home.brokers());
    }

    private static Connection readModel(Properties servers) throws SQLException {
        return DriverManager.getConnection(
                servers.getProperty("opsflow.read-model.url"),
                servers.getProperty("opsflow.read-model.user"),
                servers.getProperty("opsflow.read-model.password"));
    }

    @Test
    void withoutRoomItDoesNotStartAndSaysSoInASentence() throws Exception {
        try (SmallDisk small = start(TOO_FEW)) {
            assertThat(small.process().awaitEnd(HEALING)).isEqualTo(1);
            assertThat(small.process().output())
                    .singleElement()
                    .asString()
                    .matches("The disk of .+ is full: it has \\d+ MB left, and a start takes 100\\.");
        }
    }
}
