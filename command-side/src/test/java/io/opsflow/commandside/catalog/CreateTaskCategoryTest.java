package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.CreateTaskCategory;
import io.opsflow.api.catalog.TaskCategoryInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateTaskCategoryTest extends CatalogTest<TaskCategory> {

    CreateTaskCategoryTest() {
        super(TaskCategory.class);
    }

    @Test
    void aCategoryBeginsActive() {
        given().when(
                        new CreateTaskCategory(
                                CATEGORY, DOMAIN, "Incidents", STATUSES, "", List.of(), json("{}"), "package-1"),
                        by(ADMIN))
                .expectEvents(categoryCreated(NOW))
                .expectResultMessagePayloadMatching(answer(
                        0,
                        (TaskCategoryInfo category) -> category.state().equals("ACTIVE")
                                && category.deletedAt().isEmpty()
                                && category.createdAt().equals("2026-01-01T11:00:00.123Z")));
    }
}
