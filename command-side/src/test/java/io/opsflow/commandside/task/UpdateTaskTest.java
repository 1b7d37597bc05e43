package io.opsflow.commandside.task;

import io.opsflow.api.caller.Role;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.UpdateTask;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.axonframework.eventsourcing.AggregateDeletedException;
import org.junit.jupiter.api.Test;

class UpdateTaskTest extends TaskTest {

    private static final Mentions MENTIONS = new Mentions(List.of("lee@example.com"), List.of("group-1"));

    @Test
    void everyKindOfChangeIsAnEventOfItsOwnAtOneTime() {
        given(created(TODO))
                .when(
                        new UpdateTask(
                                TASK,
                                "Disk full again",
                                Priority.LOW,
                                "on node 8",
                                List.of("file-1"),
                                MENTIONS,
                                "lee@example.com",
                                json("{\"cost\":2}"),
                                "project-2"),
                        by(OWNER))
                .expectEvents(
                        new TaskRenamed(TASK, "Disk full again", NOW),
                        new TaskPrioritized(TASK, Priority.LOW, NOW),
                        new TaskDescribed(TASK, "on node 8", NOW),
                        new TaskFilesChanged(TASK, List.of("file-1"), NOW),
                        new TaskMentioned(TASK, MENTIONS, NOW),
                        new TaskAssigned(TASK, "lee@example.com", NOW),
                        new TaskDataChanged(TASK, json("{\"cost\":2}"), NOW),
                        new TaskMoved(TASK, PROJECT, "project-2", NOW))
                .expectResultMessagePayloadMatching(answer(
                        8,
                        task -> task.updatedAt().equals("2026-01-01T11:00:00.123Z")
                                && task.createdAt().equals("2026-01-01T10:00:00.000Z")
                                && task.projectId().equals("project-2")));
    }

    @Test
    void dataHoldsWhatItsFieldSays() {
        theFieldsAre(List.of(), List.of(text("cost", false)));
        given(created(TODO))
                .when(data("{\"cost\":2}"), by(OWNER))
                .expectException(refusal("Parameter type is invalid. (key = data.cost, type = string)"))
                .expectNoEvents();
    }

    @Test
    void nothingIsRequiredOfDataAnyMore() {
        theFieldsAre(List.of(text("area", true)), List.of());
        given(created(TODO))
                .when(data("{\"cost\":2}"), by(OWNER))
                .expectEvents(new TaskDataChanged(TASK, json("{\"cost\":2}"), NOW));
    }

    @Test
    void aTaskOfADeletedCategoryMayStillChange() {
        theCategoryIsDeleted();
        given(created(TODO))
                .when(data("{\"cost\":2}"), by(OWNER))
                .expectEvents(new TaskDataChanged(TASK, json("{\"cost\":2}"), NOW));
    }

    @Test
    void whatIsNotGivenIsLeftAlone() {
        given(created(TODO))
                .when(assign("lee@example.com"), by(OWNER))
                .expectEvents(new TaskAssigned(TASK, "lee@example.com", NOW));
    }

    @Test
    void theSameValuesAgainChangeNothing() {
        given(created(TODO))
                .when(
                        new UpdateTask(
                                TASK,
                                "Disk full",
                                Priority.MEDIUM,
                                "",
                                List.of(),
                                null,
                                "",
                                json("{\"cost\":1}"),
                                PROJECT),
                        by(OWNER))
                .expectNoEvents()
                .expectResultMessagePayloadMatching(
                        answer(0, task -> task.updatedAt().equals("2026-01-01T10:00:00.000Z")));
    }

    @Test
    void anEmptyTextClears() {
        given(created(TODO), new TaskAssigned(TASK, "lee@example.com", THEN))
                .when(assign(""), by(OWNER))
                .expectEvents(new TaskAssigned(TASK, "", NOW));
    }

    @Test
    void dataIsReplacedWhole() {
        given(created(TODO))
                .when(data("{}"), by(OWNER))
                .expectEvents(new TaskDataChanged(TASK, json("{}"), NOW))
                .expectResultMessagePayloadMatching(
                        answer(1, task -> task.data().isEmpty()));
    }

    @Test
    void otherDigitsOfTheSameNumberAreAChange() {
        given(created(TODO))
                .when(data("{\"cost\":1.0}"), by(OWNER))
                .expectEvents(new TaskDataChanged(TASK, json("{\"cost\":1.0}"), NOW));
    }

    @Test
    void theSignOfAZeroIsAChange() {
        given(created(TODO), new TaskDataChanged(TASK, json("{\"cost\":0}"), THEN))
                .when(data("{\"cost\":-0}"), by(OWNER))
                .expectEvents(new TaskDataChanged(TASK, json("{\"cost\":-0}"), NOW))
                .expectResultMessagePayloadMatching(
                        answer(2, task -> task.data().toString().equals("{\"cost\":-0}")));
    }

    @Test
    void mentionsAreToldWheneverTheyAreGiven() {
        given(created(TODO), new TaskMentioned(TASK, MENTIONS, THEN))
                .when(new UpdateTask(TASK, null, null, null, null, MENTIONS, null, null, null), by(OWNER))
                .expectEvents(new TaskMentioned(TASK, MENTIONS, NOW));
    }

    @Test
    void anEventIsNeverBeforeTheLastOne() {
        Instant later = NOW.plusSeconds(60);
        given(created(TODO), new TaskRenamed(TASK, "from a node whose clock is fast", later))
                .when(assign("lee@example.com"), by(OWNER))
                .expectEvents(new TaskAssigned(TASK, "lee@example.com", later));
    }

    @Test
    void aTaskOfAnotherWorkspaceIsNotFound() {
        given(created(TODO))
                .when(assign("x"), by(caller(Role.WORKSPACE_OWNER, DOMAIN, "workspace-other", null)))
                .expectException(refusal("Resource cannot be found or access is denied. (task_id = " + TASK + ")"))
                .expectNoEvents();
    }

    @Test
    void aTaskOfAnotherDomainIsNotFound() {
        given(created(TODO))
                .when(assign("x"), by(caller(Role.DOMAIN_ADMIN, "domain-other", null, null)))
                .expectException(refusal("Resource cannot be found or access is denied. (task_id = " + TASK + ")"));
    }

    @Test
    void aMemberCannotMoveATaskToAProjectTheyDoNotSee() {
        given(created(TODO))
                .when(
                        new UpdateTask(TASK, "x", null, null, null, null, null, null, "project-2"),
                        by(caller(Role.WORKSPACE_MEMBER, DOMAIN, WORKSPACE, Set.of(PROJECT))))
                .expectException(refusal("Resource cannot be found or access is denied. (project_id = project-2)"))
                .expectNoEvents();
    }

    @Test
    void anAdminOfTheDomainChangesItsTasks() {
        given(created(TODO))
                .when(assign("x"), by(caller(Role.DOMAIN_ADMIN, DOMAIN, null, null)))
                .expectEvents(new TaskAssigned(TASK, "x", NOW));
    }

    @Test
    void anAdminOfTheSystemChangesEveryTask() {
        given(created(TODO))
                .when(assign("x"), by(caller(Role.SYSTEM_ADMIN, "domain-root", null, null)))
                .expectEvents(new TaskAssigned(TASK, "x", NOW));
    }

    @Test
    void aDeletedTaskIsGone() {
        given(created(TODO), new TaskDeleted(TASK, CATEGORY, TODO, THEN))
                .when(assign("x"), by(OWNER))
                .expectException(AggregateDeletedException.class);
    }

    private static UpdateTask data(String json) {
        return new UpdateTask(TASK, null, null, null, null, null, null, json(json), null);
    }

    private static UpdateTask assign(String assignee) {
        return new UpdateTask(TASK, null, null, null, null, null, assignee, null, null);
    }
}
