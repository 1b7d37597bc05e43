package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.CreateTaskType;
import io.opsflow.api.catalog.TaskTypeInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateTaskTypeTest extends CatalogTest<TaskType> {

    CreateTaskTypeTest() {
        super(TaskType.class);
    }

    @Test
    void aTypeLivesInItsCategorysDomain() {
        given().when(create(CATEGORY), by(ADMIN))
                .expectEvents(typeCreated(NOW))
                .expectResultMessagePayloadMatching(answer(
                        0,
                        (TaskTypeInfo type) -> type.domainId().equals(DOMAIN)
                                && type.categoryId().equals(CATEGORY)));
    }

    @Test
    void aCategoryThatIsNotThereIsNotFound() {
        given().when(create("category-none"), by(ADMIN))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (category_id = category-none)"));
    }

    @Test
    void aCategoryOfAnotherDomainIsNotFound() {
        given().when(create(CATEGORY), by(STRANGER))
                .expectException(
                        refusal("Resource cannot be found or access is denied. (category_id = " + CATEGORY + ")"));
    }

    @Test
    void aDeletedCategoryTakesNoNewTypes() {
        given().when(create("category-deleted"), by(ADMIN))
                .expectException(
                        refusal("Parameter is invalid. (key = category_id, reason = the category is deleted)"));
    }

    private static CreateTaskType create(String categoryId) {
        return new CreateTaskType(
                TYPE, "Outage", categoryId, "", List.of(SEVERITY), List.of("kim@example.com"), true, json("{}"));
    }
}
