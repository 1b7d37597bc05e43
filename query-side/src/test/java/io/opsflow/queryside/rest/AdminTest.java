package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.owner;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.QuerySideServer.Answer;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.generation.BuildProgress;
import io.opsflow.queryside.generation.BuildProgress.Phase;
import io.opsflow.queryside.generation.Generations;
import io.opsflow.queryside.generation.Layout;
import io.opsflow.queryside.generation.LayoutClaim;
import io.opsflow.queryside.generation.ReadModelConnections;
import io.opsflow.queryside.generation.ReadModelSettings;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AdminTest {

    private static final String A = id(1);

    private final Happenings happenings = new Happenings();

    @Test
    void parkedEventsAreListedAndTriedAgain() {
        try (QuerySideServer server = QuerySideServer.start()) {
            server.topic().send(happenings.one(taskCreated(A)));
            happenings.one(taskRenamed(A, "missing"));
            server.topic().send(happenings.one(taskRenamed(A, "two")));
            await().atMost(RunningQuerySide.PATIENCE).until(() -> parkedCount(server.getAsAdmin("/admin/feed")) == 1);

            JsonNode parked = server.getAsAdmin("/admin/feed").json().at("/parked/0");
            assertThat(parked.get("aggregate_id").stringValue()).isEqualTo(A);
            assertThat(parked.get("sequence").longValue()).isEqualTo(2);
            assertThat(parked.get("offset").longValue()).isEqualTo(1);
            assertThat(parked.get("partition").intValue()).isBetween(0, 2);
            assertThat(parked.get("reason").stringValue()).isEqualTo("event 2 does not follow event 0");
            assertThat(Instant.parse(parked.get("parked_at").stringValue())).isBeforeOrEqualTo(Instant.now());
            Answer inVain = retry(server);
            assertThat(inVain.status()).isEqualTo(200);
            assertThat(parkedCount(inVain)).isEqualTo(1);

            // as a version would have left it that can apply what this one could not
            server.database().sql("update task set version = 1").update();
            Answer retried = retry(server);
            assertThat(retried.status()).isEqualTo(200);
            assertThat(parkedCount(retried)).isZero();
            assertThat(server.post(owner(), "task/get", "{\"task_id\": \"%s\"}".formatted(A))
                            .json()
                            .get("name")
                            .stringValue())
                    .isEqualTo("two");
            assertThat(retry(server).code()).isEqualTo("ERROR_NOT_FOUND");
        }
    }

    @Test
    void untilTheFirstGenerationOfALayoutIsBuiltReadsAre503AndAdminsSeeHowFarItIs() throws SQLException {
        String database = Servers.newDatabase();
        ReadModelConnections connections =
                new ReadModelConnections(new ReadModelSettings(database, null, null, null, 1));
        aReadModelOfAnotherLayout(connections);
        try (LayoutClaim builder = new LayoutClaim(connections, Layout.current())) {
            assertThat(builder.tryToBuild()).isTrue(); // so that the server waits for a builder
            try (QuerySideServer server = QuerySideServer.start("opsflow.read-model.url=" + database)) {
                Answer refused = server.post(owner(), "task/list", "{}");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.code()).isEqualTo("ERROR_UNAVAILABLE");
                assertThat(refused.response().headers().firstValue("Retry-After"))
                        .isPresent();
                JsonNode waiting = readModel(server);
                assertThat(waiting.get("live").isNull()).isTrue();
                assertThat(waiting.at("/rebuild/phase").stringValue()).isEqualTo("WAITING");

                Generations generations = server.bean(Generations.class);
                generations.report(
                        generations.building().orElseThrow(),
                        new BuildProgress(Phase.LOADING, 250, 1_000, 50.0, Instant.now()));
                JsonNode rebuild = readModel(server).get("rebuild");
                assertThat(rebuild.get("phase").stringValue()).isEqualTo("LOADING");
                assertThat(rebuild.get("events").longValue()).isEqualTo(250);
                assertThat(rebuild.get("events_total").longValue()).isEqualTo(1_000);
                assertThat(rebuild.get("events_per_second").doubleValue()).isEqualTo(50);
                assertThat(rebuild.get("seconds_left").longValue()).isEqualTo(15);

                builder.stopBuilding();
                await().atMost(RunningQuerySide.PATIENCE)
                        .until(() -> server.post(owner(), "task/list", "{}").status() == 200);
                assertThat(readModel(server).get("rebuild").isNull()).isTrue();
                assertThat(readModel(server).at("/live/generation").longValue()).isPositive();
            }
        }
    }

    private static void aReadModelOfAnotherLayout(ReadModelConnections connections) throws SQLException {
        Layout another = new Layout("0badcafe");
        try (LayoutClaim claim = new LayoutClaim(connections, another)) {
            new Generations(connections, another, claim).close();
        }
    }

    private static Answer retry(QuerySideServer server) {
        return server.postAsAdmin("/admin/feed/retry", "{\"aggregate_id\": \"%s\"}".formatted(A));
    }

    private static JsonNode readModel(QuerySideServer server) {
        return server.getAsAdmin("/admin/read-model").json();
    }

    private static long parkedCount(Answer feed) {
        return feed.json().get("parked_count").longValue();
    }
}
