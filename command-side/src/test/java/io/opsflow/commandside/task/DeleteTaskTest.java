package io.opsflow.commandside.task;

import io.opsflow.api.caller.Role;
import io.opsflow.api.task.DeleteTask;
import io.opsflow.api.task.TaskDeleted;
import java.util.Set;
import org.axonframework.eventsourcing.AggregateDeletedException;
import org.junit.jupiter.api.Test;

class DeleteTaskTest extends TaskTest {

    @Test
    void aTaskIsDeletedForGood() {
        given(created(DOING))
                .when(new DeleteTask(TASK), by(OWNER))
                .expectEvents(new TaskDeleted(TASK, CATEGORY, DOING, NOW))
                .expectMarkedDeleted();
    }

    @Test
    void aDeletedTaskCannotBeDeletedAgain() {
        given(created(TODO), new TaskDeleted(TASK, CATEGORY, TODO, THEN))
                .when(new DeleteTask(TASK), by(OWNER))
                .expectException(AggregateDeletedException.class);
    }

    @Test
    void aMemberDeletesOnlyWhatTheirProjectsHold() {
        given(created(TODO))
                .when(
                        new DeleteTask(TASK),
                        by(caller(Role.WORKSPACE_MEMBER, DOMAIN, WORKSPACE, Set.of("project-other"))))
                .expectException(refusal("Resource cannot be found or access is denied. (task_id = " + TASK + ")"))
                .expectNoEvents();
    }
}
