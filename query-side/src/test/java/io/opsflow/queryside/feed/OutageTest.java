package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;

class OutageTest {

    private static final String A = id(1);

    private final Happenings happenings = new Happenings();

    @AfterEach
    void repair() {
        Servers.DATABASE.restart();
    }

    @Test
    void whatArrivesWhileTheDatabaseIsAwayIsAppliedWhenItIsBack() {
        try (EventTopic topic = EventTopic.create(1);
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            topic.send(happenings.one(taskCreated(A)));
            querySide.awaitTask(A, 0);
            Servers.DATABASE.pause();
            topic.send(happenings.one(taskRenamed(A, "while it was away")));

            await().atMost(RunningQuerySide.PATIENCE).until(() -> problem(querySide) != null);
            assertThat(lag(querySide)).isLessThanOrEqualTo(1);
            topic.send(happenings.one(taskCreated(id(2))), happenings.one(taskCreated(id(3))));
            await().atMost(RunningQuerySide.PATIENCE).until(() -> lag(querySide) == 3);
            assertThat(gauge(querySide, "opsflow.feed.failing")).isEqualTo(1);
            HealthEndpoint health = querySide.bean(HealthEndpoint.class);
            assertThat(health.healthForPath("readiness").getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.healthForPath("liveness").getStatus()).isEqualTo(Status.UP);

            Servers.DATABASE.restart();
            assertThat(querySide.awaitTask(A, 1).name()).isEqualTo("while it was away");
            querySide.awaitTask(id(3), 0);
            assertThat(querySide.parked()).isZero();
            await().atMost(RunningQuerySide.PATIENCE).until(() -> lag(querySide) == 0);
            await().atMost(RunningQuerySide.PATIENCE).until(() -> problem(querySide) == null);
            assertThat(health.healthForPath("readiness").getStatus()).isEqualTo(Status.UP);
        }
    }

    @Test
    void partitionsThatAreAssignedWhileTheDatabaseIsAwayAreTakenUpWhenItIsBack() {
        EventTopic topic = EventTopic.later();
        try (topic;
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            Servers.DATABASE.pause();
            topic.partitions(2);
            await().atMost(RunningQuerySide.PATIENCE).until(() -> problem(querySide) != null);
            Servers.DATABASE.restart();
            topic.send(happenings.one(taskCreated(A)));

            assertThat(querySide.awaitTask(A, 0).name()).isEqualTo("Disk is full");
        }
    }

    @Test
    void itStartsAndAnswersBeforeThereIsATopic() {
        EventTopic topic = EventTopic.later();
        try (topic;
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            assertThat(querySide.find(A)).isEmpty();
            topic.partitions(3);
            topic.send(happenings.one(taskCreated(A)));

            assertThat(querySide.awaitTask(A, 0).name()).isEqualTo("Disk is full");
        }
    }

    @Test
    void itStartsAnswersAndStopsWithoutABrokerAndFollowsWhenOneIsThere() {
        try (EventTopic topic = EventTopic.create(1);
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            topic.send(happenings.one(taskCreated(A)));
            querySide.awaitTask(A, 0);
            topic.send(happenings.one(taskRenamed(A, "one")));
            querySide.awaitTask(A, 1);
            Servers.BROKER.pause();
            try {
                assertThat(querySide.task(A).version()).isEqualTo(1);
                Instant before = Instant.now();
                querySide.stop();
                assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(6));
                querySide.start();
                assertThat(querySide.task(A).version()).isEqualTo(1);
                assertThat(querySide
                                .bean(HealthEndpoint.class)
                                .healthForPath("readiness")
                                .getStatus())
                        .isEqualTo(Status.UP);
            } finally {
                Servers.BROKER.restart();
            }
            topic.send(happenings.one(taskRenamed(A, "back")));
            assertThat(querySide.awaitTask(A, 2).name()).isEqualTo("back");
        }
    }

    @Test
    void aBrokerThatGoesAwayAndComesBackIsFollowedOn() {
        try (EventTopic topic = EventTopic.create(1);
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            topic.send(happenings.one(taskCreated(A)));
            querySide.awaitTask(A, 0);
            Servers.BROKER.restart();
            topic.send(happenings.one(taskRenamed(A, "back")));

            assertThat(querySide.awaitTask(A, 1).name()).isEqualTo("back");
        }
    }

    @Test
    void aTopicThatLostItsBeginningIsReportedAndNotSkipped() {
        try (EventTopic topic = EventTopic.create(1)) {
            topic.send(happenings.one(taskCreated(A)), happenings.one(taskRenamed(A, "lost")));
            topic.send(happenings.one(taskCreated(id(2))));
            topic.truncate(2);
            try (RunningQuerySide querySide = RunningQuerySide.on(topic)) {
                FeedStatus status = querySide.bean(FeedStatus.class);
                await().atMost(RunningQuerySide.PATIENCE)
                        .until(() -> status.health().getDetails().containsKey("stuck"));
                assertThat(status.health().getStatus()).isEqualTo(new Status("DEGRADED"));
                assertThat(gauge(querySide, "opsflow.feed.stuck")).isEqualTo(1);
                assertThat(status.health().getDetails().get("stuck")).asString().contains("has no offset 0");
                assertThat(querySide.find(id(2))).isEmpty();

                querySide
                        .database()
                        .sql("update feed_offset set next_offset = 2")
                        .update();
                assertThat(querySide.awaitTask(id(2), 0).name()).isEqualTo("Disk is full");
                await().atMost(RunningQuerySide.PATIENCE)
                        .until(() -> status.health().getStatus().equals(Status.UP));
            }
        }
    }

    @Test
    void whoPutsAnOffsetRightIsBelievedBeforeTheNextRecord() {
        try (EventTopic topic = EventTopic.create(1)) {
            topic.send(happenings.one(taskCreated(A)), happenings.one(taskRenamed(A, "lost")));
            topic.truncate(2);
            try (RunningQuerySide querySide = RunningQuerySide.on(topic)) {
                FeedStatus status = querySide.bean(FeedStatus.class);
                await().atMost(RunningQuerySide.PATIENCE)
                        .until(() -> status.health().getDetails().containsKey("stuck"));

                querySide
                        .database()
                        .sql("update feed_offset set next_offset = 2")
                        .update();
                await().atMost(RunningQuerySide.PATIENCE)
                        .until(() -> status.health().getStatus().equals(Status.UP));
                assertThat(gauge(querySide, "opsflow.feed.stuck")).isZero();
            }
        }
    }

    @Test
    void thatTheBrokerIsAwayIsSaidThoughNobodyWaitsForIt() {
        try (EventTopic topic = EventTopic.create(1);
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            topic.send(happenings.one(taskCreated(A)));
            querySide.awaitTask(A, 0);
            Servers.BROKER.pause();
            try {
                await().atMost(RunningQuerySide.PATIENCE)
                        .until(() -> "the broker does not answer".equals(problem(querySide)));
                assertThat(gauge(querySide, "opsflow.feed.failing")).isEqualTo(1);
                assertThat(querySide.bean(FeedStatus.class).health().getStatus())
                        .isEqualTo(new Status("DEGRADED"));
            } finally {
                Servers.BROKER.restart();
            }
            await().atMost(RunningQuerySide.PATIENCE).until(() -> problem(querySide) == null);
            assertThat(gauge(querySide, "opsflow.feed.failing")).isZero();
        }
    }

    private static double lag(RunningQuerySide querySide) {
        return gauge(querySide, "opsflow.feed.lag");
    }

    private static double gauge(RunningQuerySide querySide, String name) {
        return querySide.bean(MeterRegistry.class).get(name).gauge().value();
    }

    private static Object problem(RunningQuerySide querySide) {
        return querySide.bean(FeedStatus.class).health().getDetails().get("problem");
    }
}
