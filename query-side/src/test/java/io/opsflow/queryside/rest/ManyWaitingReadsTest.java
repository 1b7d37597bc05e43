package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.owner;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.QuerySideServer.Answer;
import io.opsflow.web.Answers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** They wait for a minute here: a thousand connections take a busy machine longer to make than the limit is. */
class ManyWaitingReadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(55);
    private static final String AWAITED = id(1);
    private static final String KNOWN = id(2);

    private final Happenings happenings = new Happenings();

    @Test
    void aThousandHoldNoConnectionAndNobodyUp() {
        String token = owner();
        try (QuerySideServer server = QuerySideServer.start("opsflow.consistency.limit=60s")) {
            HikariDataSource connections = (HikariDataSource) server.bean(DataSource.class);
            server.topic().send(happenings.one(taskCreated(KNOWN)));
            assertThat(get(server, token, KNOWN, Answers.CONSISTENT_WITH, KNOWN + "@0")
                            .join()
                            .status())
                    .isEqualTo(200);

            List<CompletableFuture<Answer>> reads = IntStream.range(0, 1_000)
                    .mapToObj(i -> get(server, token, AWAITED, Answers.CONSISTENT_WITH, AWAITED + "@0"))
                    .toList();
            await().atMost(PATIENCE).until(() -> waiting(server) == 1_000);
            for (int i = 0; i < 20; i++) {
                assertThat(get(server, token, KNOWN).join().status()).isEqualTo(200);
                assertThat(connections.getHikariPoolMXBean().getActiveConnections())
                        .isLessThan(5);
            }
            assertThat(reads).allSatisfy(read -> assertThat(read).isNotDone());

            server.topic().send(happenings.one(taskCreated(AWAITED)));
            // All at once they may find too few connections; that is told apart from what could not be awaited.
            assertThat(reads)
                    .allSatisfy(read -> assertThat(read.join().status()).isIn(200, 503));
            assertThat(server.bean(MeterRegistry.class)
                            .get("opsflow.consistency.wait")
                            .tag("outcome", "reached")
                            .timer()
                            .count())
                    .isEqualTo(1_001);
            assertThat(waiting(server)).isZero();
        }
    }

    private static double waiting(QuerySideServer server) {
        return server.bean(MeterRegistry.class)
                .get("opsflow.consistency.waiting")
                .gauge()
                .value();
    }

    private static CompletableFuture<Answer> get(
            QuerySideServer server, String token, String taskId, String... headers) {
        return server.postAsync(token, "task/get", "{\"task_id\": \"" + taskId + "\"}", headers);
    }
}
