package io.opsflow.queryside.projection;

import static io.opsflow.queryside.fixture.TaskEvents.CATEGORY;
import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.DONE;
import static io.opsflow.queryside.fixture.TaskEvents.MORNING;
import static io.opsflow.queryside.fixture.TaskEvents.NOON;
import static io.opsflow.queryside.fixture.TaskEvents.OWNER;
import static io.opsflow.queryside.fixture.TaskEvents.PROJECT;
import static io.opsflow.queryside.fixture.TaskEvents.TODO;
import static io.opsflow.queryside.fixture.TaskEvents.TYPE;
import static io.opsflow.queryside.fixture.TaskEvents.WORKSPACE;
import static io.opsflow.queryside.fixture.TaskEvents.caller;
import static io.opsflow.queryside.fixture.TaskEvents.object;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.Versioned;
import io.opsflow.api.caller.Role;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.FileInfo;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskStatusChanged;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.TaskEvents;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProjectTaskTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Happenings HAPPENINGS = new Happenings();
    private static EventTopic topic;
    private static RunningQuerySide querySide;

    private final String id = TaskEvents.id(NUMBER.incrementAndGet());

    @BeforeAll
    static void start() {
        topic = EventTopic.create(3);
        querySide = RunningQuerySide.on(topic);
    }

    @AfterAll
    static void stop() {
        querySide.close();
        topic.close();
    }

    @Test
    void aNewTaskIsReadWithEveryField() {
        var created = new TaskCreated(
                id,
                "Disk is full",
                DONE,
                Priority.HIGH,
                "of logs",
                List.of("file-1"),
                new Mentions(List.of("user-2"), List.of()),
                "user-3",
                object("{\"cost\": 1.50}"),
                "user-1",
                DOMAIN,
                WORKSPACE,
                PROJECT,
                CATEGORY,
                TYPE,
                MORNING,
                MORNING,
                MORNING);

        assertThat(after(created))
                .isEqualTo(new TaskInfo(
                        id,
                        "Disk is full",
                        DONE.statusId(),
                        "COMPLETED",
                        "HIGH",
                        "of logs",
                        object("{\"cost\": 1.50}"),
                        List.of(FileInfo.of("file-1", id, DOMAIN, WORKSPACE, PROJECT, "/files/{domain_id}/{file_id}")),
                        "user-3",
                        "user-1",
                        DOMAIN,
                        WORKSPACE,
                        PROJECT,
                        CATEGORY,
                        TYPE,
                        "2024-12-05T08:00:00.123Z",
                        "2024-12-05T08:00:00.123Z",
                        "2024-12-05T08:00:00.123Z",
                        "2024-12-05T08:00:00.123Z"));
    }

    @Test
    void whatIsUnsetIsNullInTheTableAndEmptyInTheAnswer() {
        TaskInfo task = after(taskCreated(id));

        assertThat(List.of(task.description(), task.assignee(), task.startedAt(), task.completedAt()))
                .containsOnly("");
        assertThat(task.files()).isEmpty();
        assertThat(querySide
                        .database()
                        .sql("select num_nulls(description, assignee, started_at, completed_at) from task"
                                + " where task_id = ?")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void dataKeepsItsDigitsAndTheOrderOfItsMembers() {
        String sent = "{\"z\":1.50,\"a\":1E+2,\"m\":12345678901234567890.12345678901234567890}";

        assertThat(Json.write(after(taskCreated(id, sent)).data())).isEqualTo(sent);
    }

    @Test
    void renamedChangesTheNameAndTheTimeOfTheLastChange() {
        TaskInfo task = after(taskCreated(id), taskRenamed(id, "Disk is fine"));

        assertThat(task.name()).isEqualTo("Disk is fine");
        assertThat(task.createdAt()).isEqualTo("2024-12-05T08:00:00.123Z");
        assertThat(task.updatedAt()).isEqualTo("2024-12-05T12:00:00.456Z");
    }

    @Test
    void describedSetsAndClearsTheDescription() {
        assertThat(after(taskCreated(id), new TaskDescribed(id, "of logs", NOON))
                        .description())
                .isEqualTo("of logs");
        assertThat(after(new TaskDescribed(id, "", NOON)).description()).isEmpty();
    }

    @Test
    void prioritizedChangesThePriority() {
        assertThat(after(taskCreated(id), new TaskPrioritized(id, Priority.LOW, NOON))
                        .priority())
                .isEqualTo("LOW");
    }

    @Test
    void assignedSetsAndClearsTheAssignee() {
        assertThat(after(taskCreated(id), new TaskAssigned(id, "user-2", NOON)).assignee())
                .isEqualTo("user-2");
        assertThat(after(new TaskAssigned(id, "", NOON)).assignee()).isEmpty();
    }

    @Test
    void filesChangedReplacesTheFiles() {
        assertThat(after(taskCreated(id), new TaskFilesChanged(id, List.of("a/b", "c"), NOON))
                        .files())
                .extracting(FileInfo::fileId, FileInfo::downloadUrl)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple("a/b", "/files/" + DOMAIN + "/a%2Fb"),
                        org.assertj.core.api.Assertions.tuple("c", "/files/" + DOMAIN + "/c"));
    }

    @Test
    void mentionedChangesOnlyVersionAndTime() {
        TaskInfo before = after(taskCreated(id));
        TaskInfo after = after(new TaskMentioned(id, new Mentions(List.of("user-2"), List.of()), NOON));

        assertThat(after).usingRecursiveComparison().ignoringFields("updatedAt").isEqualTo(before);
        assertThat(querySide.task(id).version()).isEqualTo(1);
    }

    @Test
    void dataChangedReplacesTheDataWhole() {
        assertThat(after(taskCreated(id, "{\"a\":1}"), new TaskDataChanged(id, object("{\"b\":2.0}"), NOON))
                        .data())
                .isEqualTo(object("{\"b\":2.0}"));
    }

    @Test
    void movedChangesTheProject() {
        assertThat(after(taskCreated(id), new TaskMoved(id, PROJECT, "project-2", NOON))
                        .projectId())
                .isEqualTo("project-2");
    }

    @Test
    void statusChangedBringsItsTimes() {
        TaskInfo done = after(taskCreated(id), new TaskStatusChanged(id, CATEGORY, TODO, DONE, MORNING, NOON, NOON));
        assertThat(List.of(done.statusId(), done.statusType(), done.startedAt(), done.completedAt()))
                .containsExactly(DONE.statusId(), "COMPLETED", "2024-12-05T08:00:00.123Z", "2024-12-05T12:00:00.456Z");

        TaskInfo again = after(new TaskStatusChanged(id, CATEGORY, DONE, TODO, MORNING, null, NOON));
        assertThat(List.of(again.statusType(), again.startedAt(), again.completedAt()))
                .containsExactly("TODO", "2024-12-05T08:00:00.123Z", "");
    }

    @Test
    void deletedHidesTheTaskAndKeepsItsRow() {
        after(taskCreated(id));
        topic.send(HAPPENINGS.request(new TaskDeleted(id, CATEGORY, TODO, NOON)));

        org.awaitility.Awaitility.await()
                .atMost(RunningQuerySide.PATIENCE)
                .until(() -> querySide.find(id).isEmpty());
        assertThat(querySide
                        .database()
                        .sql("select version from task where task_id = ? and deleted")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoMayNotSeeATaskReadsThatThereIsNone() {
        after(taskCreated(id));

        for (var stranger : List.of(
                caller(Role.WORKSPACE_OWNER, DOMAIN, "workspace-2"),
                caller(Role.WORKSPACE_OWNER, "domain-2", WORKSPACE),
                caller(Role.DOMAIN_ADMIN, "domain-2", ""))) {
            assertThatThrownBy(() -> querySide.task(stranger, id))
                    .isInstanceOf(ApiException.class)
                    .hasMessage("Resource cannot be found or access is denied. (task_id = %s)", id);
        }
        assertThat(querySide.task(caller(Role.SYSTEM_ADMIN, "root", ""), id)).isEqualTo(querySide.task(OWNER, id));
    }

    private TaskInfo after(TaskEvent... events) {
        var records = HAPPENINGS.request(events);
        topic.send(records);
        querySide.awaitTask(id, records.getLast().sequence());
        Versioned<TaskInfo> task = querySide.task(id);
        assertThat(task.version()).isEqualTo(records.getLast().sequence());
        return task.info();
    }
}
