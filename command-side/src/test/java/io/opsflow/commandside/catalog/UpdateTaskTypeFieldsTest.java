package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.FieldType;
import io.opsflow.api.catalog.SelectionType;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.catalog.TaskTypeFieldsChanged;
import io.opsflow.api.catalog.UpdateTaskTypeFields;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateTaskTypeFieldsTest extends CatalogTest<TaskType> {

    private static final TaskField DUE =
            new TaskField("due", "Due", "", FieldType.DATE, json("{}"), SelectionType.SINGLE, false, false);

    UpdateTaskTypeFieldsTest() {
        super(TaskType.class);
    }

    @Test
    void theFieldsAreReplaced() {
        given(typeCreated(THEN))
                .when(new UpdateTaskTypeFields(TYPE, List.of(DUE)), by(ADMIN))
                .expectEvents(new TaskTypeFieldsChanged(TYPE, List.of(DUE), NOW));
    }

    @Test
    void theSameFieldsAgainChangeNothing() {
        given(typeCreated(THEN))
                .when(new UpdateTaskTypeFields(TYPE, List.of(SEVERITY)), by(ADMIN))
                .expectNoEvents();
    }

    @Test
    void aTypeOfAnotherDomainIsNotFound() {
        given(typeCreated(THEN))
                .when(new UpdateTaskTypeFields(TYPE, List.of(DUE)), by(STRANGER))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (task_type_id = " + TYPE + ")"));
    }
}
