package io.opsflow.commandside.task;

import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.task.ChangeTaskStatus;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTaskStatusTest extends TaskTest {

    private static final Instant LATER = THEN.plusSeconds(60);

    private static final TaskStatus OTHER_TODO = new TaskStatus("status-new", "New", StatusType.TODO);
    private static final TaskStatus COMPLETED_TODO = new TaskStatus(TODO.statusId(), TODO.name(), StatusType.COMPLETED);
    private static final StatusOptions TODO_IS_COMPLETED = new StatusOptions(
            List.of(option(OTHER_TODO, true)),
            List.of(option(DOING, true)),
            List.of(option(DONE, true), option(COMPLETED_TODO, false)));

    @Test
    void leavingTodoForTheFirstTimeStartsTheTask() {
        given(created(TODO)).when(to("status-doing"), by(OWNER)).expectEvents(statusChanged(TODO, DOING, NOW, null));
    }

    @Test
    void aTaskStaysStartedWhenItGoesBackToTodo() {
        given(created(DOING)).when(to("status-todo"), by(OWNER)).expectEvents(statusChanged(DOING, TODO, THEN, null));
    }

    @Test
    void leavingTodoAgainKeepsTheFirstStart() {
        given(created(DOING), statusChanged(DOING, TODO, THEN, null, LATER))
                .when(to("status-doing"), by(OWNER))
                .expectEvents(statusChanged(TODO, DOING, THEN, null));
    }

    @Test
    void enteringCompletedRemembersWhen() {
        given(created(TODO)).when(to("status-done"), by(OWNER)).expectEvents(statusChanged(TODO, DONE, NOW, NOW));
    }

    @Test
    void leavingCompletedClearsIt() {
        given(created(DONE)).when(to("status-doing"), by(OWNER)).expectEvents(statusChanged(DONE, DOING, THEN, null));
    }

    @Test
    void goingFromOneCompletedStatusToAnotherKeepsTheTime() {
        given(created(DONE))
                .when(to("status-rejected"), by(OWNER))
                .expectEvents(statusChanged(DONE, REJECTED, THEN, THEN));
    }

    @Test
    void theSameStatusAgainChangesNothing() {
        given(created(TODO)).when(to("status-todo"), by(OWNER)).expectNoEvents();
    }

    @Test
    void theSameStatusInAnotherListIsEntered() {
        theStatusesAre(TODO_IS_COMPLETED);
        given(created(TODO))
                .when(to("status-todo"), by(OWNER))
                .expectEvents(statusChanged(TODO, COMPLETED_TODO, NOW, NOW))
                .expectResultMessagePayloadMatching(
                        answer(1, task -> task.statusType().equals("COMPLETED")));
    }

    @Test
    void theSameStatusInTheListThatTheTaskHasEnteredChangesNothing() {
        theStatusesAre(TODO_IS_COMPLETED);
        given(created(TODO), statusChanged(TODO, COMPLETED_TODO, THEN, THEN, LATER))
                .when(to("status-todo"), by(OWNER))
                .expectNoEvents();
    }

    @Test
    void theSameStatusAgainChangesNothingAlsoWhereTheCategoryHasItNoMore() {
        theStatusesAre(new StatusOptions(
                List.of(option(OTHER_TODO, true)), List.of(option(DOING, true)), List.of(option(DONE, true))));
        given(created(TODO)).when(to("status-todo"), by(OWNER)).expectNoEvents();
    }

    @Test
    void aStatusThatIsInAnotherListNowIsLeftAsItWasEntered() {
        theStatusesAre(TODO_IS_COMPLETED);
        given(created(TODO)).when(to("status-doing"), by(OWNER)).expectEvents(statusChanged(TODO, DOING, NOW, null));
    }

    @Test
    void anAssigneeGivenWithTheSameStatusStillCounts() {
        given(created(TODO))
                .when(new ChangeTaskStatus(TASK, "status-todo", "lee@example.com"), by(OWNER))
                .expectEvents(new TaskAssigned(TASK, "lee@example.com", NOW));
    }

    @Test
    void statusAndAssigneeChangeTogether() {
        given(created(TODO))
                .when(new ChangeTaskStatus(TASK, "status-doing", "lee@example.com"), by(OWNER))
                .expectEvents(statusChanged(TODO, DOING, NOW, null), new TaskAssigned(TASK, "lee@example.com", NOW))
                .expectResultMessagePayloadMatching(answer(
                        2,
                        task -> task.statusId().equals("status-doing")
                                && task.statusType().equals("IN_PROGRESS")
                                && task.assignee().equals("lee@example.com")));
    }

    @Test
    void aStatusOfAnotherCategoryIsInvalid() {
        given(created(TODO))
                .when(to("status-elsewhere"), by(OWNER))
                .expectException(refusal("Parameter is invalid. (key = status_id, reason = it is not a status of the"
                        + " task's category)"))
                .expectNoEvents();
    }

    @Test
    void noTaskMovesWithinADeletedCategory() {
        theCategoryIsDeleted();
        given(created(TODO))
                .when(to("status-doing"), by(OWNER))
                .expectException(refusal("Parameter is invalid. (key = status_id, reason = its category is deleted)"));
    }

    @Test
    void aTaskOfAnotherWorkspaceIsNotFound() {
        given(created(TODO))
                .when(to("status-doing"), by(caller(Role.WORKSPACE_OWNER, DOMAIN, "workspace-other", null)))
                .expectException(refusal("Resource cannot be found or access is denied. (task_id = " + TASK + ")"))
                .expectNoEvents();
    }

    private static ChangeTaskStatus to(String statusId) {
        return new ChangeTaskStatus(TASK, statusId, null);
    }
}
