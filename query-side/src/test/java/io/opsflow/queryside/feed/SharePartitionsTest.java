package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.ReadModelRows;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.generation.Generations;
import io.opsflow.queryside.generation.Layout;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class SharePartitionsTest {

    private static final String A = id(1);
    private static final int TASKS = 40;

    private final Happenings happenings = new Happenings();
    private final List<EventRecord> sent = new ArrayList<>();

    @Test
    void twoConsumersShareThePartitionsAndOneThatStopsIsReplaced() {
        try (EventTopic topic = EventTopic.create(4);
                RunningQuerySide first = RunningQuerySide.on(topic);
                RunningQuerySide second = first.another()) {
            await().atMost(RunningQuerySide.PATIENCE).until(() -> partitions(first) == 2 && partitions(second) == 2);
            send(topic, "created by both");
            awaitAll(first, 0);

            second.stop();
            send(topic, "renamed by one");
            awaitAll(first, 1);

            second.start();
            send(topic, "renamed by both");
            awaitAll(first, 2);
            await().atMost(RunningQuerySide.PATIENCE).until(() -> partitions(first) == 2 && partitions(second) == 2);
            assertThat(first.parked()).isZero();

            List<EventRecord> again = new ArrayList<>(sent);
            again.addAll(sent);
            Collections.shuffle(again, new Random(1));
            topic.send(again);
            awaitNoLag(first);
            Map<String, List<String>> rows = ReadModelRows.of(first.database());
            assertThat(rows.get("event_log")).hasSize(3 * TASKS);
            rebuild(first);
            assertThat(ReadModelRows.of(first.database())).isEqualTo(rows);
        }
    }

    /** Each consumer has a transaction of its own: one that waits for a row keeps its own partitions waiting, and no other. */
    @Test
    void theConsumersOfOneProcessDoNotWaitForEachOther() throws Exception {
        try (EventTopic topic = EventTopic.create(2);
                RunningQuerySide querySide = RunningQuerySide.on(topic);
                Connection other = querySide.connect()) {
            await().atMost(RunningQuerySide.PATIENCE).until(() -> members(topic) == 2);
            send(topic, "created");
            awaitAll(querySide, 0);
            other.setAutoCommit(false);
            try (Statement statement = other.createStatement()) {
                statement.execute("select from %s.task where task_id = '%s' for update"
                        .formatted(Layout.current().schema(), A));
            }
            send(topic, "renamed");
            int held = partition(A);
            await().atMost(RunningQuerySide.PATIENCE).until(() -> lag(querySide, 1 - held) == 0);
            assertThat(lag(querySide, held)).isPositive();
            assertThat(querySide.task(A).version()).isZero();
            other.rollback();
            awaitAll(querySide, 1);
        }
    }

    private static int partition(String taskId) {
        return BuiltInPartitioner.partitionForKey(taskId.getBytes(StandardCharsets.UTF_8), 2);
    }

    /** How many there are of the group, each with a partition. */
    private static long members(EventTopic topic) throws Exception {
        String group = topic.name() + "-" + Layout.current().id();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", Servers.BROKER.bootstrapServers()))) {
            return admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                    .filter(member -> member.assignment().topicPartitions().size() == 1)
                    .count();
        }
    }

    /** As of a process that hangs: its transaction holds a partition and says nothing more. */
    @Test
    void onePartitionThatIsHeldKeepsNoOtherWaitingAndNobodyHoldsItForEver() throws SQLException {
        try (EventTopic topic = EventTopic.create(2);
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            send(topic, "created");
            awaitAll(querySide, 0);
            querySide.stop();
            try (Connection unlimited = querySide.connect()) {
                hold(unlimited, 0);
                send(topic, "renamed");
                querySide.start();
                await().atMost(RunningQuerySide.PATIENCE).until(() -> lag(querySide, 1) == 0);
                assertThat(lag(querySide, 0)).isPositive();
            }
            awaitAll(querySide, 1);

            Connection limited = querySide.bean(DataSource.class).getConnection();
            hold(limited, 0);
            send(topic, "renamed while it is held");
            awaitAll(querySide, 2);
            assertThatThrownBy(limited::commit).isInstanceOf(SQLException.class);
        }
    }

    private static void hold(Connection connection, int partition) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select from %s.feed_offset where partition = %d for update"
                    .formatted(Layout.current().schema(), partition));
        }
    }

    @Test
    void aConsumerThatTheReadModelHasLeftBehindGoesOnWhereTheOtherOneIs() {
        try (EventTopic topic = EventTopic.create(1);
                RunningQuerySide querySide = RunningQuerySide.on(topic)) {
            topic.send(happenings.one(taskCreated(A)));
            querySide.awaitTask(A, 0);
            // as another consumer would that has applied the next record
            querySide.database().sql("update feed_offset set next_offset = 2").update();
            querySide
                    .database()
                    .sql("update task set version = 1, name = 'the other'")
                    .update();

            EventRecord one = happenings.one(taskRenamed(A, "one"));
            topic.send(one);
            await().during(java.time.Duration.ofMillis(500)).until(() -> querySide.nextOffset() == 2);
            assertThat(querySide.task(A).info().name()).isEqualTo("the other");

            topic.send(happenings.one(taskRenamed(A, "two")));
            assertThat(querySide.awaitTask(A, 2).name()).isEqualTo("two");
            assertThat(querySide.nextOffset()).isEqualTo(3);
        }
    }

    private void send(EventTopic topic, String name) {
        List<EventRecord> events = IntStream.range(0, TASKS)
                .mapToObj(task -> happenings.one(
                        name.startsWith("created") ? taskCreated(id(task)) : taskRenamed(id(task), name)))
                .toList();
        topic.send(events);
        sent.addAll(events);
    }

    private static void rebuild(RunningQuerySide querySide) {
        Generations generations = querySide.bean(Generations.class);
        long before = generations.live().orElseThrow().id();
        generations.request("admin-1");
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> generations.live().orElseThrow().id() != before);
    }

    private static void awaitNoLag(RunningQuerySide querySide) {
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> partitionsOf(querySide).stream()
                        .allMatch(partition -> Long.valueOf(0).equals(partition.lag())));
    }

    private static long lag(RunningQuerySide querySide, int number) {
        return partitionsOf(querySide).stream()
                .filter(partition -> partition.partition() == number && partition.lag() != null)
                .mapToLong(FeedInfo.Partition::lag)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static List<FeedInfo.Partition> partitionsOf(RunningQuerySide querySide) {
        return querySide.bean(FeedDesk.class).info().partitions();
    }

    private static void awaitAll(RunningQuerySide querySide, long version) {
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> querySide
                                .database()
                                .sql("select count(*) from task where version = ?")
                                .param(version)
                                .query(Integer.class)
                                .single()
                        == TASKS);
    }

    private static int partitions(RunningQuerySide querySide) {
        return ((Map<?, ?>)
                        querySide.bean(FeedStatus.class).health().getDetails().get("lag"))
                .size();
    }
}
