package io.opsflow.queryside.audit;

import static io.opsflow.queryside.fixture.TaskEvents.DONE;
import static io.opsflow.queryside.fixture.TaskEvents.MORNING;
import static io.opsflow.queryside.fixture.TaskEvents.NOON;
import static io.opsflow.queryside.fixture.TaskEvents.PROJECT;
import static io.opsflow.queryside.fixture.TaskEvents.TODO;
import static io.opsflow.queryside.fixture.TaskEvents.object;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.opsflow.api.task.TaskStatusChanged;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.TaskEvents;
import io.opsflow.queryside.task.TaskRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditEventsTest {

    private static final String TASK = TaskEvents.id(1);

    private final Happenings happenings = new Happenings();

    @Test
    void aCreationMakesOneRow() {
        List<EventRecord> request = happenings.request(taskCreated(TASK));
        AuditEvent row =
                AuditEvents.of(null, request, List.of(taskCreated(TASK))).getFirst();
        assertThat(row)
                .isEqualTo(new AuditEvent(
                        "event-000000000001",
                        "CREATED",
                        "Task created",
                        "user-1 created the task \"Disk is full\" in the status To Do.",
                        "USER",
                        "user-1",
                        "{\"created_by\":\"user-1\",\"created_at\":\"2024-12-05T08:00:00.123Z\",\"description\":\"\"}",
                        TaskEvents.DOMAIN,
                        TaskEvents.WORKSPACE,
                        PROJECT,
                        TASK,
                        MORNING,
                        MORNING));
    }

    @Test
    void allUpdatesOfARequestMakeOneRowWithTheirNewValues() {
        List<AuditEvent> rows = after(
                taskRenamed(TASK, "Disk is fine"),
                new TaskPrioritized(TASK, Priority.HIGH, NOON),
                new TaskDescribed(TASK, "", NOON),
                new TaskFilesChanged(TASK, List.of("file-1"), NOON),
                new TaskMentioned(TASK, new Mentions(List.of("kim", "lee"), List.of("ops", "dba", "net")), NOON),
                new TaskAssigned(TASK, "kim", NOON),
                new TaskDataChanged(TASK, object("{\"cost\": 1.50, \"big\": 1e3}"), NOON),
                new TaskMoved(TASK, PROJECT, "project-2", NOON));
        assertThat(rows).hasSize(1);
        AuditEvent row = rows.getFirst();
        assertThat(row.eventId()).isEqualTo("event-000000000002");
        assertThat(row.projectId()).isEqualTo("project-2");
        assertThat(row.createdAt()).isEqualTo(NOON);
        assertThat(row.description())
                .isEqualTo("user-1 updated the task \"Disk is full\": renamed it to \"Disk is fine\", "
                        + "set its priority to HIGH, cleared its description, changed its files, "
                        + "mentioned kim, lee, ops and 2 more, assigned it to kim, changed its data "
                        + "and moved it from project-000000000001 to project-2.");
        assertThat(row.additionalInfo()).isEqualTo("""
                        {"updated_by":"user-1","updated_at":"2024-12-05T12:00:00.456Z","updated_data":[\
                        {"updated_field":"name","updated_content":"Disk is fine"},\
                        {"updated_field":"priority","updated_content":"HIGH"},\
                        {"updated_field":"description","updated_content":""},\
                        {"updated_field":"files","updated_content":["file-1"]},\
                        {"updated_field":"mentions","updated_content":{"USER":["kim","lee"],"USER_GROUP":["ops","dba","net"]}},\
                        {"updated_field":"assignee","updated_content":"kim"},\
                        {"updated_field":"data","updated_content":{"cost":1.50,"big":1e3}},\
                        {"updated_field":"project_id","updated_content":"project-2"}]}""");
    }

    @Test
    void aStatusAndAnAssigneeOfOneRequestMakeTwoRows() {
        List<AuditEvent> rows = after(
                new TaskStatusChanged(TASK, TaskEvents.CATEGORY, TODO, DONE, NOON, NOON, NOON),
                new TaskAssigned(TASK, "", NOON));
        assertThat(rows).extracting(AuditEvent::eventType).containsExactly("CHANGE_STATUS", "UPDATED");
        assertThat(rows).extracting(AuditEvent::eventId).containsExactly("event-000000000002", "event-000000000003");
        assertThat(rows)
                .extracting(AuditEvent::description)
                .containsExactly(
                        "user-1 changed the status of the task \"Disk is full\" from To Do to Done.",
                        "user-1 updated the task \"Disk is full\": took it from its assignee.");
        assertThat(rows.getFirst().additionalInfo()).isEqualTo("""
                        {"changed_by":"user-1","changed_at":"2024-12-05T12:00:00.456Z",\
                        "before_status":{"name":"To Do","status_type":"TODO"},\
                        "after_status":{"name":"Done","status_type":"COMPLETED"}}""");
    }

    @Test
    void aDeletionMakesOneRow() {
        AuditEvent row =
                after(new TaskDeleted(TASK, TaskEvents.CATEGORY, TODO, NOON)).getFirst();
        assertThat(row.eventType()).isEqualTo("DELETED");
        assertThat(row.name()).isEqualTo("Task deleted");
        assertThat(row.description()).isEqualTo("user-1 deleted the task \"Disk is full\".");
        assertThat(row.additionalInfo())
                .isEqualTo("{\"deleted_by\":\"user-1\",\"deleted_at\":\"2024-12-05T12:00:00.456Z\"}");
    }

    private List<AuditEvent> after(TaskEvent... events) {
        happenings.one(taskCreated(TASK));
        TaskRow before = TaskRow.evolve(null, taskCreated(TASK), 0);
        return AuditEvents.of(before, happenings.request(events), List.of(events));
    }
}
