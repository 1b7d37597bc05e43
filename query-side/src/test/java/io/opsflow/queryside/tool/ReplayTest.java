package io.opsflow.queryside.tool;

import static io.opsflow.queryside.fixture.TaskEvents.CATEGORY;
import static io.opsflow.queryside.fixture.TaskEvents.DONE;
import static io.opsflow.queryside.fixture.TaskEvents.NOON;
import static io.opsflow.queryside.fixture.TaskEvents.PROJECT;
import static io.opsflow.queryside.fixture.TaskEvents.TODO;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.object;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatusChanged;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One query side runs for all tests; each has a task of its own. */
class ReplayTest extends ToolTest {

    private static final Instant EVENING = NOON.plus(Duration.ofHours(6));
    private static final String URL = Servers.newReadModel();

    private static final Happenings HAPPENINGS = new Happenings();
    private static int tasks;
    private static EventTopic topic;
    private static RunningQuerySide querySide;

    private final String task = id(++tasks);

    @BeforeAll
    static void start() {
        topic = EventTopic.create(1);
        querySide = RunningQuerySide.on(topic, URL);
    }

    @AfterAll
    static void stop() {
        querySide.close();
        topic.close();
    }

    @Override
    String url() {
        return URL;
    }

    @Test
    void aLifeIsTold() {
        fed(HAPPENINGS.request(
                taskCreated(task, "{\"node\": 7, \"tags\": [\"disk\"]}"),
                taskRenamed(task, "Disk is still full"),
                new TaskDescribed(task, "since noon", NOON),
                new TaskPrioritized(task, Priority.HIGH, NOON),
                new TaskAssigned(task, "kim@example.com", NOON),
                new TaskFilesChanged(task, List.of("file-1", "file-2"), NOON),
                new TaskMentioned(task, new Mentions(List.of("lee"), List.of("ops")), NOON),
                new TaskDataChanged(task, object("{\"node\": 7.0, \"rack\": \"b\"}"), NOON),
                new TaskMoved(task, PROJECT, "project-2", NOON),
                new TaskStatusChanged(task, CATEGORY, TODO, DONE, NOON, NOON, NOON),
                new TaskAssigned(task, "", EVENING),
                new TaskDescribed(task, "", EVENING),
                new TaskDeleted(task, CATEGORY, DONE, EVENING)));

        Result result = run("replay", "--task", task);

        assertDone(result);
        assertThat(result.out()).containsExactly("""
                        version  time                      who                       what happened
                              0  2024-12-05T08:00:00.123Z  user-1                    created "Disk is full" in To Do, priority MEDIUM, project project-000000000001, data {"node":7,"tags":["disk"]}
                              1  2024-12-05T12:00:00.456Z  user-1                    name: "Disk is full" -> "Disk is still full"
                              2  2024-12-05T12:00:00.456Z  user-1                    description: none -> "since noon"
                              3  2024-12-05T12:00:00.456Z  user-1                    priority: MEDIUM -> HIGH
                              4  2024-12-05T12:00:00.456Z  user-1                    assignee: nobody -> kim@example.com
                              5  2024-12-05T12:00:00.456Z  user-1                    files: none -> file-1, file-2
                              6  2024-12-05T12:00:00.456Z  user-1                    mentioned lee, group ops
                              7  2024-12-05T12:00:00.456Z  user-1                    data.node: 7 -> 7.0, data.tags: ["disk"] -> unset, data.rack: unset -> "b"
                              8  2024-12-05T12:00:00.456Z  user-1                    project: project-000000000001 -> project-2
                              9  2024-12-05T12:00:00.456Z  user-1                    status: To Do -> Done
                             10  2024-12-05T18:00:00.456Z  user-1                    assignee: kim@example.com -> nobody
                             11  2024-12-05T18:00:00.456Z  user-1                    description: "since noon" -> none
                             12  2024-12-05T18:00:00.456Z  user-1                    deleted in Done
                        """.lines().toArray(String[]::new));
    }

    @Test
    void whatItWasAtATimeIsToldFieldByField() {
        fed(HAPPENINGS.request(taskCreated(task, "{\"cost\": 1.50}")));
        fed(HAPPENINGS.request(
                new TaskFilesChanged(task, List.of("file-1"), NOON),
                new TaskStatusChanged(task, CATEGORY, TODO, DONE, NOON, NOON, NOON)));
        fed(HAPPENINGS.request(taskRenamed(task, "later", EVENING)));

        Result result = run("replay", "--task=" + task, "--at=2024-12-05T12:00:00.456Z");

        assertDone(result);
        assertThat(result.out()).containsExactly("""
                        version 2, since 2024-12-05T12:00:00.456Z, by user-1
                        task_id       %s
                        name          Disk is full
                        status_id     status-000000000003 (Done)
                        status_type   COMPLETED
                        priority      MEDIUM
                        description
                        data          {"cost":1.50}
                        files         ["file-1"]
                        assignee
                        created_by    user-1
                        domain_id     domain-000000000001
                        workspace_id  workspace-000000000001
                        project_id    project-000000000001
                        category_id   category-000000000001
                        task_type_id  task-type-000000000001
                        created_at    2024-12-05T08:00:00.123Z
                        started_at    2024-12-05T12:00:00.456Z
                        updated_at    2024-12-05T12:00:00.456Z
                        completed_at  2024-12-05T12:00:00.456Z
                        """.formatted(task).lines().toArray(String[]::new));
    }

    @Test
    void aVersionIsTheStateAfterItsEvent() {
        fed(HAPPENINGS.request(taskCreated(task), taskRenamed(task, "one"), taskRenamed(task, "two")));

        assertThat(run("replay", "--task", task, "--version", "0").out()).contains("name          Disk is full");
        assertThat(run("replay", "--task", task, "--version", "1").out()).contains("name          one");
        assertThat(run("replay", "--task", task, "--version", "2").out())
                .startsWith("version 2, since 2024-12-05T12:00:00.456Z, by user-1");
        assertRefused(
                run("replay", "--task", task, "--version", "3"),
                "The task %s has the versions 0 to 2.".formatted(task));
    }

    @Test
    void aDeletedTaskTellsWhatItWas() {
        fed(HAPPENINGS.request(taskCreated(task), new TaskDeleted(task, CATEGORY, TODO, NOON)));

        assertThat(run("replay", "--task", task, "--at", "2024-12-06").out())
                .startsWith("version 1, since 2024-12-05T12:00:00.456Z, by user-1: deleted; what it was")
                .contains("name          Disk is full");
    }

    @Test
    void whatCannotBeToldIsSaidInOneSentence() {
        fed(HAPPENINGS.request(taskCreated(task)));

        assertRefused(run("replay"), "--task is missing: the id of a task.");
        assertRefused(run("replay", "--task", id(99)), "There is no task task-000000000063 in the read model.");
        assertRefused(
                run("replay", "--task", task, "--at", "2024-12-05T08:00:00.122Z"),
                "The task %s was not yet there at 2024-12-05T08:00:00.122Z.".formatted(task));
        assertRefused(
                run("replay", "--task", task, "--at", "yesterday"),
                "--at is a time such as 2026-01-31T12:00:00Z, not yesterday");
        assertRefused(
                run("replay", "--task", task, "--version", "-1"),
                "--version is the number of a version, from 0 on, not -1");
        assertRefused(
                run("replay", "--task", task, "--version", "1", "--at", "2024"), "Either --at or --version, not both.");
        assertRefused(run("replay", "--taks", task), "Not an option of this tool: --taks");
        assertRefused(
                run(Map.of("opsflow.read-model.url", ""), "replay", "--task", task),
                "OPSFLOW_READ_MODEL_URL is not set: it is the JDBC URL of the read model's database.");
        assertThat(run(Map.of("opsflow.read-model.url", "jdbc:postgresql://127.0.0.1:1/x"), "replay", "--task", task)
                        .err())
                .singleElement()
                .asString()
                .startsWith("The database that OPSFLOW_READ_MODEL_URL names cannot be used: ");
    }

    @Test
    void whatIsParkedIsNotPartOfTheLife() {
        fed(HAPPENINGS.request(taskCreated(task)));
        EventRecord missing = HAPPENINGS.one(taskRenamed(task, "missing"));
        topic.send(HAPPENINGS.one(taskRenamed(task, "parked")));
        await().atMost(RunningQuerySide.PATIENCE).until(() -> querySide.parked() == 1);

        assertThat(missing.sequence()).isEqualTo(1);
        assertThat(run("replay", "--task", task).out()).hasSize(2);
        assertThat(run("replay", "--task", task, "--at", "2030").out()).contains("name          Disk is full");
    }

    @Test
    void aLongLifeIsToldToItsEnd() {
        TaskEvent[] many = IntStream.range(0, 1_000)
                .mapToObj(number -> taskRenamed(task, "name " + number))
                .toArray(TaskEvent[]::new);
        fed(HAPPENINGS.request(taskCreated(task)));
        fed(HAPPENINGS.request(many));

        assertThat(run("replay", "--task", task).out())
                .hasSize(1_002)
                .last()
                .asString()
                .endsWith("name: \"name 998\" -> \"name 999\"");
    }

    @Test
    void noWordOfOthersBreaksTheTableOrReachesTheTerminal() {
        fed(HAPPENINGS.request(taskCreated(task), taskRenamed(task, "a\u001b[2Jb\nc\u202e 디스크 " + "x".repeat(200))));

        assertThat(run("replay", "--task", task).out())
                .hasSize(3)
                .last()
                .asString()
                .contains("\"a\\u001b[2Jb\\u000ac\\u202e 디스크 xxx")
                .endsWith("xxx...\"");
    }

    /** They are applied. */
    private void fed(List<EventRecord> events) {
        topic.send(events);
        Long applied = events.getLast().sequence();
        await().atMost(RunningQuerySide.PATIENCE)
                .until(
                        () -> querySide
                                .database()
                                .sql("select version from task where task_id = ?")
                                .param(task)
                                .query(Long.class)
                                .optional(),
                        version -> version.equals(Optional.of(applied)));
    }

    private static TaskRenamed taskRenamed(String taskId, String name, Instant at) {
        return new TaskRenamed(taskId, name, at);
    }

    private static TaskRenamed taskRenamed(String taskId, String name) {
        return new TaskRenamed(taskId, name, NOON);
    }
}
