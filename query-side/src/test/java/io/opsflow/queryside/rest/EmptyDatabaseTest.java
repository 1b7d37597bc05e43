package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.owner;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.QuerySideServer.Answer;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.generation.Layout;
import io.opsflow.queryside.generation.LayoutClaim;
import io.opsflow.queryside.generation.ReadModelConnections;
import io.opsflow.queryside.generation.ReadModelSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The read model is new or was lost, and the topic tells of tasks: nobody is told that there are none. */
@ExtendWith(OutputCaptureExtension.class)
class EmptyDatabaseTest {

    private static final int TASKS = 2_000;

    private final EventTopic topic = EventTopic.later();
    private final String database = Servers.newDatabase();

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void theFirstReadThatIsAnsweredKnowsAllThatWasOnTheTopic() throws SQLException {
        topic.partitions(3).send(history());
        ReadModelConnections connections =
                new ReadModelConnections(new ReadModelSettings(database, null, null, null, 1));
        try (LayoutClaim builder = new LayoutClaim(connections, Layout.current())) {
            assertThat(builder.tryToBuild()).isTrue(); // so that the server waits for a builder
            try (QuerySideServer server = start()) {
                assertThat(server.post(owner(), "task/list", "{}").code()).isEqualTo("ERROR_UNAVAILABLE");

                builder.stopBuilding();

                Answer first = firstAnswer(server);
                assertThat(first.status()).isEqualTo(200);
                assertThat(first.json().get("total_count").intValue()).isEqualTo(TASKS);
            }
        }
    }

    @Test
    void untilThereIsATopicReadsAre503AndTheLogSaysWhatIsMissing(CapturedOutput output) {
        try (QuerySideServer server = start()) {
            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> output.getAll().contains("is not there; the command side makes it"));
            assertThat(server.post(owner(), "task/list", "{}").code()).isEqualTo("ERROR_UNAVAILABLE");
            assertThat(server.getAsAdmin("/admin/read-model")
                            .json()
                            .at("/rebuild/phase")
                            .stringValue())
                    .isEqualTo("WAITING");

            topic.partitions(3);

            Answer first = firstAnswer(server);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.json().get("total_count").intValue()).isZero();
        }
    }

    private QuerySideServer start() {
        return QuerySideServer.start(
                "opsflow.read-model.url=" + database,
                "opsflow.kafka.topic=" + topic.name(),
                "opsflow.feed.group=" + topic.name());
    }

    private static Answer firstAnswer(QuerySideServer server) {
        return await().atMost(RunningQuerySide.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> server.post(owner(), "task/list", "{}"), answer -> answer.status() != 503);
    }

    private static List<EventRecord> history() {
        Happenings happenings = new Happenings();
        List<EventRecord> events = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
            events.add(happenings.one(taskCreated("task-%012x".formatted(task))));
        }
        return events;
    }
}
