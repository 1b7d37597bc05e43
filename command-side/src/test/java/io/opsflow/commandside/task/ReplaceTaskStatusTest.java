package io.opsflow.commandside.task;

import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.api.task.TaskStatusChanged;
import java.util.List;
import org.axonframework.eventsourcing.AggregateDeletedException;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.Test;

class ReplaceTaskStatusTest extends TaskTest {

    private static final TaskStatus NEW = new TaskStatus("status-new", "New", StatusType.TODO);
    private static final TaskStatus BACKLOG = new TaskStatus("status-backlog", "Backlog", StatusType.TODO);

    private static final StatusOptions WITHOUT_TODO_AND_REJECTED = new StatusOptions(
            List.of(option(BACKLOG, false), option(NEW, true)),
            List.of(option(DOING, true)),
            List.of(option(DONE, true)));

    @Test
    void aTaskGoesToTheDefaultOfTheSameList() {
        theStatusesAre(WITHOUT_TODO_AND_REJECTED);
        given(created(TODO)).when(lost("status-todo"), BY_NOBODY).expectEvents(statusChanged(TODO, NEW, null, null));
    }

    @Test
    void aCompletedTaskKeepsItsTimes() {
        theStatusesAre(WITHOUT_TODO_AND_REJECTED);
        given(created(REJECTED))
                .when(lost("status-rejected"), BY_NOBODY)
                .expectEvents(statusChanged(REJECTED, DONE, THEN, THEN));
    }

    @Test
    void theNextCommandOfTheSameKindChangesNothing() {
        theStatusesAre(WITHOUT_TODO_AND_REJECTED);
        given(created(TODO), new TaskStatusChanged(TASK, CATEGORY, TODO, NEW, null, null, THEN))
                .when(lost("status-todo"), BY_NOBODY)
                .expectNoEvents();
    }

    @Test
    void aTaskInAnotherStatusStaysThere() {
        theStatusesAre(WITHOUT_TODO_AND_REJECTED);
        given(created(DONE)).when(lost("status-todo"), BY_NOBODY).expectNoEvents();
    }

    @Test
    void aStatusThatIsBackIsNotLost() {
        given(created(TODO)).when(lost("status-todo"), BY_NOBODY).expectNoEvents();
    }

    @Test
    void aStatusThatIsBackInAnotherListIsLostToThoseWhoHeldItBefore() {
        theStatusesAre(new StatusOptions(
                List.of(option(NEW, true)),
                List.of(option(DOING, true)),
                List.of(option(DONE, true), option(TODO, false))));
        given(created(TODO)).when(lost("status-todo"), BY_NOBODY).expectEvents(statusChanged(TODO, NEW, null, null));
    }

    @Test
    void tasksOfADeletedCategoryMoveToo() {
        theStatusesAre(WITHOUT_TODO_AND_REJECTED);
        theCategoryIsDeleted();
        given(created(TODO)).when(lost("status-todo"), BY_NOBODY).expectEvents(statusChanged(TODO, NEW, null, null));
    }

    @Test
    void aTaskThatIsGoneStaysGone() {
        given(created(TODO), new TaskDeleted(TASK, CATEGORY, TODO, THEN))
                .when(lost("status-todo"), BY_NOBODY)
                .expectException(AggregateDeletedException.class);
    }

    private static final MetaData BY_NOBODY = MetaData.emptyInstance();

    private static ReplaceTaskStatus lost(String statusId) {
        return new ReplaceTaskStatus(TASK, statusId);
    }
}
