package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The database or the broker goes away under the running service, and comes back. */
class OutageTest extends ServiceTest {

    /** What was in a request when something broke must not be in the log. */
    private static final String SECRET = LogWatch.SECRET;

    private static final Duration HEALING = Duration.ofSeconds(20);

    @Test
    void withoutTheBrokerWritesGoOnAndReadsGrowOlder() {
        var before = created(owner, aTask(SECRET + "before"));
        service().broker().pause();
        ApiClient.Answer meanwhile;
        try {
            meanwhile = owner.task("create", aTask(SECRET + "meanwhile"));
            assertThat(meanwhile.status()).isEqualTo(200);
            assertThat(owner.task("get", Map.of("task_id", before.text("task_id")))
                            .status())
                    .isEqualTo(200);
            assertThat(owner.get("/actuator/health/readiness").status()).isEqualTo(200);
        } finally {
            service().broker().restart();
        }
        var id = Map.of("task_id", meanwhile.text("task_id"));
        await().atMost(HEALING)
                .until(() -> owner.task("get", id), read -> read.body().equals(meanwhile.body()));
    }

    @Test
    void withoutTheDatabaseTheAnswerIsUnavailableAndNothingAcknowledgedIsLost() {
        var before = owner.task("create", aTask(SECRET + "before"));
        service().database().pause();
        try {
            for (String verb : new String[] {"create", "list"}) {
                var answer = owner.task(verb, verb.equals("create") ? aTask(SECRET + "meanwhile") : Map.of());
                assertThat(answer.status()).as("%s", answer.body()).isEqualTo(503);
                assertThat(answer.code()).isEqualTo("ERROR_UNAVAILABLE");
                assertThat(answer.response().headers().firstValue("Retry-After"))
                        .isPresent();
            }
            assertThat(owner.get("/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(owner.get("/actuator/health/liveness").status()).isEqualTo(200);
        } finally {
            service().database().restart();
        }
        var id = Map.of("task_id", before.text("task_id"));
        await().atMost(HEALING)
                .until(() -> owner.task("get", id), read -> read.body().equals(before.body()));
        await().atMost(HEALING)
                .until(() -> owner.task("create", aTask(SECRET + "after")).status() == 200);
        await().atMost(HEALING)
                .until(() -> owner.get("/actuator/health/readiness").status() == 200);
    }

    @Test
    void aDatabaseThatSomebodyKilledIsStartedAgainAndNothingAcknowledgedIsLost() throws Exception {
        var before = owner.task("create", aTask(SECRET + "before"));
        EmbeddedDatabase database = service().database();
        try (Connection connection =
                DriverManager.getConnection(database.jdbcUrl("postgres"), database.user(), database.password())) {
            assertThat(Postmaster.behind(connection).destroyForcibly()).isTrue();
            await().atMost(HEALING).until(() -> connection.isClosed() || !connection.isValid(1));
        }
        await().atMost(HEALING)
                .until(() -> owner.task("create", aTask(SECRET + "after")).status() == 200);
        var id = Map.of("task_id", before.text("task_id"));
        await().atMost(HEALING)
                .until(() -> owner.task("get", id), read -> read.body().equals(before.body()));
    }
}
