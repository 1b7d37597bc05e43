package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.DeleteTaskType;
import org.junit.jupiter.api.Test;

class DeleteTaskTypeTest extends CatalogTest<TaskType> {

    DeleteTaskTypeTest() {
        super(TaskType.class);
    }

    @Test
    void deletingATypeIsRefusedForNow() {
        given(typeCreated(THEN))
                .when(new DeleteTaskType(TYPE), by(ADMIN))
                .expectException(refusal("Parameter is invalid. (key = task_type_id, reason = deleting a task type is"
                        + " not available yet)"))
                .expectNoEvents();
    }

    @Test
    void aTypeOfAnotherDomainIsNotFound() {
        given(typeCreated(THEN))
                .when(new DeleteTaskType(TYPE), by(STRANGER))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (task_type_id = " + TYPE + ")"));
    }
}
