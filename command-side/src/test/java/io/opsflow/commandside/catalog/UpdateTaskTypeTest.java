package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.TaskTypeAssigneePoolChanged;
import io.opsflow.api.catalog.TaskTypeDescribed;
import io.opsflow.api.catalog.TaskTypeRenamed;
import io.opsflow.api.catalog.TaskTypeTagged;
import io.opsflow.api.catalog.UpdateTaskType;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateTaskTypeTest extends CatalogTest<TaskType> {

    UpdateTaskTypeTest() {
        super(TaskType.class);
    }

    @Test
    void everyKindOfChangeIsAnEventOfItsOwnAtOneTime() {
        given(typeCreated(THEN))
                .when(
                        new UpdateTaskType(TYPE, "Alert", "loud", List.of("lee@example.com"), json("{\"a\":\"b\"}")),
                        by(ADMIN))
                .expectEvents(
                        new TaskTypeRenamed(TYPE, "Alert", NOW),
                        new TaskTypeDescribed(TYPE, "loud", NOW),
                        new TaskTypeAssigneePoolChanged(TYPE, List.of("lee@example.com"), NOW),
                        new TaskTypeTagged(TYPE, json("{\"a\":\"b\"}"), NOW));
    }

    @Test
    void theSameValuesAgainChangeNothing() {
        given(typeCreated(THEN))
                .when(new UpdateTaskType(TYPE, "Outage", "", List.of("kim@example.com"), json("{}")), by(ADMIN))
                .expectNoEvents();
    }

    @Test
    void aTypeOfAnotherDomainIsNotFound() {
        given(typeCreated(THEN))
                .when(new UpdateTaskType(TYPE, "Alert", null, null, null), by(STRANGER))
                .expectException(refusal("Resource cannot be found or access is denied. (task_type_id = " + TYPE + ")"))
                .expectNoEvents();
    }
}
