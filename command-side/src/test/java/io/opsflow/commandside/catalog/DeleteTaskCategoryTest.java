package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.DeleteTaskCategory;
import io.opsflow.api.catalog.TaskCategoryDeleted;
import org.junit.jupiter.api.Test;

class DeleteTaskCategoryTest extends CatalogTest<TaskCategory> {

    DeleteTaskCategoryTest() {
        super(TaskCategory.class);
    }

    @Test
    void aCategoryIsClosed() {
        given(categoryCreated(THEN))
                .when(new DeleteTaskCategory(CATEGORY), by(ADMIN))
                .expectEvents(new TaskCategoryDeleted(CATEGORY, NOW));
    }

    @Test
    void deletingAgainChangesNothing() {
        given(categoryCreated(THEN), new TaskCategoryDeleted(CATEGORY, THEN))
                .when(new DeleteTaskCategory(CATEGORY), by(ADMIN))
                .expectNoEvents();
    }

    @Test
    void aCategoryOfAnotherDomainIsNotFound() {
        given(categoryCreated(THEN))
                .when(new DeleteTaskCategory(CATEGORY), by(STRANGER))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (category_id = " + CATEGORY + ")"))
                .expectNoEvents();
    }
}
