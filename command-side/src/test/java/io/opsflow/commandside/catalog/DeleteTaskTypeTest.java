package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.DeleteTaskType;
import io.opsflow.api.catalog.TaskTypeDeleted;
import io.opsflow.api.catalog.UpdateTaskType;
import io.opsflow.api.catalog.UpdateTaskTypeFields;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeleteTaskTypeTest extends CatalogTest<TaskType> {

    DeleteTaskTypeTest() {
        super(TaskType.class);
    }

    @Test
    void aTypeWithoutTasksGoes() {
        given(typeCreated(THEN)).when(new DeleteTaskType(TYPE), by(ADMIN)).expectEvents(new TaskTypeDeleted(TYPE, NOW));
    }

    @Test
    void aTypeWithTasksStays() {
        tasksAreInTheWay();
        given(typeCreated(THEN))
                .when(new DeleteTaskType(TYPE), by(ADMIN))
                .expectException(refusal("'Task' resources is existed in TaskType."))
                .expectNoEvents();
    }

    static List<Object> commands() {
        return List.of(
                new UpdateTaskType(TYPE, "Alert", null, null, null),
                new UpdateTaskTypeFields(TYPE, List.of()),
                new DeleteTaskType(TYPE));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aTypeThatIsGoneIsNotFound(Object command) {
        given(typeCreated(THEN), new TaskTypeDeleted(TYPE, THEN))
                .when(command, by(ADMIN))
                .expectException(refusal("Resource cannot be found or access is denied. (task_type_id = " + TYPE + ")"))
                .expectNoEvents();
    }

    @Test
    void aTypeOfAnotherDomainIsNotFound() {
        tasksAreInTheWay();
        given(typeCreated(THEN))
                .when(new DeleteTaskType(TYPE), by(STRANGER))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (task_type_id = " + TYPE + ")"));
    }
}
