package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskCategoryDeleted;
import io.opsflow.api.catalog.TaskCategoryDescribed;
import io.opsflow.api.catalog.TaskCategoryPackageChanged;
import io.opsflow.api.catalog.TaskCategoryRenamed;
import io.opsflow.api.catalog.TaskCategoryStatusesChanged;
import io.opsflow.api.catalog.TaskCategoryTagged;
import io.opsflow.api.catalog.UpdateTaskCategory;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateTaskCategoryTest extends CatalogTest<TaskCategory> {

    private static final StatusOption BLOCKED = new StatusOption("status-blocked", "Blocked", "red", false);

    private static final StatusOptions WITHOUT_DOING = new StatusOptions(
            List.of(TODO), List.of(new StatusOption("status-blocked", "Blocked", "red", true)), List.of(DONE));

    UpdateTaskCategoryTest() {
        super(TaskCategory.class);
    }

    @Test
    void everyKindOfChangeIsAnEventOfItsOwnAtOneTime() {
        StatusOptions wider = new StatusOptions(List.of(TODO), List.of(DOING, BLOCKED), List.of(DONE));
        given(categoryCreated(THEN))
                .when(
                        new UpdateTaskCategory(
                                CATEGORY, "Requests", "for others", wider, false, json("{\"a\":\"b\"}"), "package-2"),
                        by(ADMIN))
                .expectEvents(
                        new TaskCategoryRenamed(CATEGORY, "Requests", NOW),
                        new TaskCategoryDescribed(CATEGORY, "for others", NOW),
                        new TaskCategoryStatusesChanged(CATEGORY, wider, List.of(), NOW),
                        new TaskCategoryTagged(CATEGORY, json("{\"a\":\"b\"}"), NOW),
                        new TaskCategoryPackageChanged(CATEGORY, "package-2", NOW));
    }

    @Test
    void theSameValuesAgainChangeNothing() {
        given(categoryCreated(THEN))
                .when(
                        new UpdateTaskCategory(CATEGORY, "Incidents", "", STATUSES, false, json("{}"), "package-1"),
                        by(ADMIN))
                .expectNoEvents();
    }

    @Test
    void aStatusMayBeRenamedAndRecoloured() {
        StatusOptions renamed = new StatusOptions(
                List.of(new StatusOption("status-todo", "Backlog", "white", true)), List.of(DOING), List.of(DONE));
        given(categoryCreated(THEN))
                .when(statuses(renamed), by(ADMIN))
                .expectEvents(new TaskCategoryStatusesChanged(CATEGORY, renamed, List.of(), NOW));
    }

    @Test
    void aStatusThatNoTaskHoldsIsRemoved() {
        given(categoryCreated(THEN))
                .when(statuses(WITHOUT_DOING), by(ADMIN))
                .expectEvents(new TaskCategoryStatusesChanged(CATEGORY, WITHOUT_DOING, List.of("status-doing"), NOW));
    }

    @Test
    void aStatusThatTasksHoldStays() {
        tasksAreInTheWay();
        given(categoryCreated(THEN))
                .when(statuses(WITHOUT_DOING), by(ADMIN))
                .expectException(refusal("'Task' resources is existed in TaskCategory."))
                .expectNoEvents();
    }

    @Test
    void aStatusThatTasksHoldIsRemovedByForce() {
        tasksAreInTheWay();
        given(categoryCreated(THEN))
                .when(new UpdateTaskCategory(CATEGORY, null, null, WITHOUT_DOING, true, null, null), by(ADMIN))
                .expectEvents(new TaskCategoryStatusesChanged(CATEGORY, WITHOUT_DOING, List.of("status-doing"), NOW));
    }

    @Test
    void nobodyAsksForTasksWhereNoStatusIsRemoved() {
        tasksAreInTheWay();
        StatusOptions wider = new StatusOptions(List.of(TODO), List.of(DOING, BLOCKED), List.of(DONE));
        given(categoryCreated(THEN))
                .when(statuses(wider), by(ADMIN))
                .expectEvents(new TaskCategoryStatusesChanged(CATEGORY, wider, List.of(), NOW));
    }

    @Test
    void aStatusCannotMoveToAnotherList() {
        given(categoryCreated(THEN))
                .when(statuses(new StatusOptions(List.of(TODO), List.of(DONE), List.of(DOING))), by(ADMIN))
                .expectException(refusal("Parameter is invalid. (key = status_options, reason = a status cannot move"
                        + " to another list: status-doing)"));
    }

    @Test
    void aDeletedCategoryStaysAsItIs() {
        given(categoryCreated(THEN), new TaskCategoryDeleted(CATEGORY, THEN))
                .when(statuses(STATUSES), by(ADMIN))
                .expectException(
                        refusal("Parameter is invalid. (key = category_id, reason = the category is deleted)"));
    }

    @Test
    void aCategoryOfAnotherDomainIsNotFound() {
        given(categoryCreated(THEN))
                .when(statuses(STATUSES), by(STRANGER))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (category_id = " + CATEGORY + ")"));
    }

    private static UpdateTaskCategory statuses(StatusOptions options) {
        return new UpdateTaskCategory(CATEGORY, null, null, options, false, null, null);
    }
}
