package io.opsflow.commandside.task;

import io.opsflow.api.caller.Role;
import io.opsflow.api.task.CreateTask;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CreateTaskTest extends TaskTest {

    private static final Mentions MENTIONS = new Mentions(List.of("lee@example.com"), List.of());

    @Test
    void aTaskIsToldInFull() {
        given().when(create("status-todo", TYPE, PROJECT), by(OWNER))
                .expectEvents(createdNow(TODO, null, null))
                .expectResultMessagePayloadMatching(answer(
                        0,
                        task -> task.categoryId().equals(CATEGORY)
                                && task.statusType().equals("TODO")
                                && task.createdBy().equals("kim@example.com")
                                && task.createdAt().equals("2026-01-01T11:00:00.123Z")
                                && task.updatedAt().equals(task.createdAt())
                                && task.startedAt().isEmpty()
                                && task.files().getFirst().downloadUrl().equals("/files/" + DOMAIN + "/file-1")));
    }

    @Test
    void aTaskThatBeginsInProgressHasStarted() {
        given().when(create("status-doing", TYPE, PROJECT), by(OWNER)).expectEvents(createdNow(DOING, NOW, null));
    }

    @Test
    void aTaskThatBeginsCompletedHasStartedAndCompleted() {
        given().when(create("status-done", TYPE, PROJECT), by(OWNER)).expectEvents(createdNow(DONE, NOW, NOW));
    }

    @Test
    void theTimeIsCutToMilliseconds() {
        theClockStandsAt(NOW.plusNanos(999_999));
        given().when(create("status-todo", TYPE, PROJECT), by(OWNER)).expectEvents(createdNow(TODO, null, null));
    }

    @Test
    void aTypeThatIsNotThereIsNotFound() {
        given().when(create("status-todo", "task-type-none", PROJECT), by(OWNER))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (task_type_id = task-type-none)"))
                .expectNoEvents();
    }

    @Test
    void aTypeOfAnotherDomainIsNotFound() {
        given().when(create("status-todo", "task-type-of-strangers", PROJECT), by(OWNER))
                .expectException(refusal(
                        "Resource cannot be found or access is denied. (task_type_id = task-type-of-strangers)"));
    }

    @Test
    void aTypeThatWasDeletedIsNotFound() {
        given().when(create("status-todo", "task-type-deleted", PROJECT), by(OWNER))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (task_type_id = task-type-deleted)"));
    }

    @Test
    void aStatusOfAnotherCategoryIsInvalid() {
        given().when(create("status-elsewhere", TYPE, PROJECT), by(OWNER))
                .expectException(refusal("Parameter is invalid. (key = status_id, reason = it is not a status of the"
                        + " task's category)"))
                .expectNoEvents();
    }

    @Test
    void aDeletedCategoryTakesNoNewTasks() {
        theCategoryIsDeleted();
        given().when(create("status-todo", TYPE, PROJECT), by(OWNER))
                .expectException(
                        refusal("Parameter is invalid. (key = task_type_id, reason = its category is deleted)"));
    }

    @Test
    void aFieldThatIsRequiredMustBeInTheData() {
        theFieldsAre(List.of(text("area", true)), List.of());
        given().when(create("status-todo", TYPE, PROJECT), by(OWNER))
                .expectException(refusal("Required parameter. (key = data.area)"))
                .expectNoEvents();
    }

    @Test
    void dataHoldsWhatItsFieldSays() {
        theFieldsAre(List.of(), List.of(text("cost", false)));
        given().when(create("status-todo", TYPE, PROJECT), by(OWNER))
                .expectException(refusal("Parameter type is invalid. (key = data.cost, type = string)"))
                .expectNoEvents();
    }

    @Test
    void aMemberCreatesInTheirProjects() {
        given().when(
                        create("status-todo", TYPE, PROJECT),
                        by(caller(Role.WORKSPACE_MEMBER, DOMAIN, WORKSPACE, Set.of(PROJECT))))
                .expectEvents(createdNow(TODO, null, null));
    }

    @Test
    void aProjectThatAMemberDoesNotSeeIsNotFound() {
        given().when(
                        create("status-todo", TYPE, PROJECT),
                        by(caller(Role.WORKSPACE_MEMBER, DOMAIN, WORKSPACE, Set.of("project-other"))))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (project_id = " + PROJECT + ")"));
    }

    private static CreateTask create(String statusId, String typeId, String projectId) {
        return new CreateTask(
                TASK,
                DOMAIN,
                WORKSPACE,
                "Disk full",
                statusId,
                projectId,
                typeId,
                Priority.HIGH,
                "on node 7",
                List.of("file-1"),
                MENTIONS,
                "lee@example.com",
                json("{\"cost\":1.50}"));
    }

    private static TaskCreated createdNow(
            TaskStatus status, @Nullable Instant startedAt, @Nullable Instant completedAt) {
        return new TaskCreated(
                TASK,
                "Disk full",
                status,
                Priority.HIGH,
                "on node 7",
                List.of("file-1"),
                MENTIONS,
                "lee@example.com",
                json("{\"cost\":1.50}"),
                "kim@example.com",
                DOMAIN,
                WORKSPACE,
                PROJECT,
                CATEGORY,
                TYPE,
                startedAt,
                completedAt,
                NOW);
    }
}
