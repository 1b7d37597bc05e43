package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a write answers in {@code Opsflow-Consistent-With} is all that a read needs to include it. */
class ConsistentReadApiTest extends ServiceTest {

    private static final String CONSISTENT_WITH = "Opsflow-Consistent-With";

    @Test
    void everyReadIncludesTheWriteThatItNames() {
        for (int i = 0; i < 20; i++) {
            var created = owner.task("create", aTask("Disk full"));
            var id = Map.of("task_id", created.text("task_id"));
            assertThat(owner.task("get", id, headers(created)).body()).isEqualTo(created.body());

            var updated = owner.task("update", Map.of("task_id", created.text("task_id"), "assignee", "kim " + i));
            assertThat(owner.task("list", Map.of("query", filter("assignee", "kim " + i)), headers(updated))
                            .body()
                            .get("total_count")
                            .intValue())
                    .isEqualTo(1);

            var deleted = owner.task("delete", id);
            assertThat(owner.task("get", id, headers(deleted)).code()).isEqualTo("ERROR_NOT_FOUND");
        }
    }

    @Test
    void soItIsWithTheCatalog() {
        var option = List.of(Map.of("name", "x"));
        var category = admin().post(
                        "/opsflow/v1/task-category/create",
                        Map.of(
                                "name",
                                "Changes",
                                "status_options",
                                Map.of("TODO", option, "IN_PROGRESS", option, "COMPLETED", option)));
        var type = admin().post(
                        "/opsflow/v1/task-type/create",
                        Map.of("name", "Release", "category_id", category.text("category_id")));
        var both = Map.of(CONSISTENT_WITH, category.header(CONSISTENT_WITH) + ", " + type.header(CONSISTENT_WITH));

        assertThat(admin().post(
                                "/opsflow/v1/task-category/get",
                                Map.of("category_id", category.text("category_id")),
                                both)
                        .body())
                .isEqualTo(category.body());
        assertThat(admin().post("/opsflow/v1/task-type/list", Map.of("category_id", category.text("category_id")), both)
                        .body()
                        .get("total_count")
                        .intValue())
                .isEqualTo(1);
    }

    private static Map<String, String> headers(ApiClient.Answer write) {
        assertThat(write.header(CONSISTENT_WITH)).isNotEmpty();
        return Map.of(CONSISTENT_WITH, write.header(CONSISTENT_WITH));
    }

    private static Map<String, Object> filter(String key, String value) {
        return Map.of("filter", List.of(Map.of("k", key, "v", value, "o", "eq")));
    }
}
