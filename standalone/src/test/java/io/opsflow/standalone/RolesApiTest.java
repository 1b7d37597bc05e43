package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.embedded.TokenBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The role table, line by line, and what a token can restrict. */
class RolesApiTest extends ServiceTest {

    private static final Map<String, ?> OPTIONS = Map.of(
            "TODO", List.of(Map.of("name", "a")),
            "IN_PROGRESS", List.of(Map.of("name", "b")),
            "COMPLETED", List.of(Map.of("name", "c")));

    private final ApiClient.Answer task = created(owner, aTask("Disk full"));
    private final Map<String, String> id = Map.of("task_id", task.text("task_id"));

    @Test
    void anAdminOfTheSystemSeesEverythingAndCreatesInAWorkspace() {
        TokenBuilder root = service()
                .identity()
                .token(Demo.ROOT_DOMAIN)
                .role("SYSTEM_ADMIN")
                .user("root");
        ApiClient system = as(root);
        assertThat(system.task("get", id).status()).isEqualTo(200);
        assertThat(system.task("list", Map.of("workspace_id", workspace))
                        .body()
                        .get("total_count")
                        .intValue())
                .isEqualTo(1);
        assertThat(system.task("update", Map.of("task_id", task.text("task_id"), "name", "x"))
                        .status())
                .isEqualTo(200);
        denied(system.task("create", aTask("no workspace")));
        assertThat(createCategory(system).status()).isEqualTo(200);
    }

    @Test
    void anAdminOfTheDomainSeesItAndCreatesInAWorkspace() {
        ApiClient admin = admin();
        assertThat(admin.task("get", id).status()).isEqualTo(200);
        assertThat(admin.task("change_status", Map.of("task_id", task.text("task_id"), "status_id", Demo.DONE))
                        .status())
                .isEqualTo(200);
        denied(admin.task("create", aTask("no workspace")));
        assertThat(as(token("DOMAIN_ADMIN").workspace(workspace).user("admin"))
                        .task("create", aTask("x"))
                        .status())
                .isEqualTo(200);
        assertThat(createCategory(admin).status()).isEqualTo(200);
    }

    @Test
    void anOwnerOfAWorkspaceWritesItsTasksAndReadsTheCatalog() {
        assertThat(owner.task("update", Map.of("task_id", task.text("task_id"), "name", "x"))
                        .status())
                .isEqualTo(200);
        assertThat(owner.post("/opsflow/v1/task-type/get", Map.of("task_type_id", Demo.TASK_TYPE))
                        .status())
                .isEqualTo(200);
        assertThat(owner.post("/opsflow/v1/task-category/get", Map.of("category_id", Demo.CATEGORY))
                        .status())
                .isEqualTo(200);
        denied(createCategory(owner));
        denied(owner.post("/opsflow/v1/task-type/create", Map.of("name", "x", "category_id", Demo.CATEGORY)));
        denied(owner.post("/opsflow/v1/task-type/delete", Map.of("task_type_id", Demo.TASK_TYPE)));
    }

    @Test
    void aMemberSeesTheWorkspace() {
        ApiClient member = as(member());
        assertThat(member.task("get", id).status()).isEqualTo(200);
        assertThat(member.task("create", aTask("x")).status()).isEqualTo(200);
        denied(createCategory(member));
    }

    @Test
    void aMemberWithProjectsSeesThoseAndTheOneForAll() {
        ApiClient elsewhere = as(member().projects(List.of("project-elsewhere")));
        notFound(elsewhere.task("get", id), "task_id", task.text("task_id"));
        notFound(elsewhere.task("delete", id), "task_id", task.text("task_id"));
        notFound(elsewhere.task("create", aTask("x")), "project_id", Demo.PROJECT);
        created(owner, with(aTask("for all"), "project_id", "*"));
        assertThat(elsewhere.task("list", Map.of()).body().findValuesAsString("name"))
                .containsExactly("for all");

        ApiClient here = as(member().projects(List.of(Demo.PROJECT)));
        assertThat(here.task("get", id).status()).isEqualTo(200);
        assertThat(here.task("list", Map.of()).body().get("total_count").intValue())
                .isEqualTo(2);
    }

    @Test
    void aPlainUserSeesNothing() {
        ApiClient user = as(token("USER").workspace(workspace).user("user"));
        denied(user.task("get", id));
        denied(user.task("list", Map.of()));
        denied(user.task("create", aTask("x")));
        denied(user.post("/opsflow/v1/task-type/list", Map.of()));
    }

    @Test
    void permissionsAreCheckedBeforeAnythingElse() {
        ApiClient user = as(token("USER").user("user"));
        denied(user.task("create", Map.of("nonsense", 1)));
    }

    @Test
    void permissionsOfATokenRestrictIt() {
        ApiClient reader = as(member().permissions(List.of("opsflow:Task.read")));
        assertThat(reader.task("get", id).status()).isEqualTo(200);
        denied(reader.task("update", Map.of("task_id", task.text("task_id"), "name", "x")));
        denied(reader.post("/opsflow/v1/task-type/list", Map.of()));

        ApiClient tasks = as(member().permissions(List.of("opsflow:Task.")));
        assertThat(tasks.task("update", Map.of("task_id", task.text("task_id"), "name", "y"))
                        .status())
                .isEqualTo(200);
        denied(tasks.post("/opsflow/v1/task-type/list", Map.of()));

        assertThat(as(member().permissions(List.of())).task("get", id).status()).isEqualTo(200);
    }

    @Test
    void whatTheTokenSaysOverridesWhatTheRequestSays() {
        assertThat(owner.task("list", Map.of("workspace_id", "workspace-other"))
                        .body()
                        .findValuesAsString("task_id"))
                .containsExactly(task.text("task_id"));
    }

    private TokenBuilder member() {
        return token("WORKSPACE_MEMBER").workspace(workspace).user("member@example.com");
    }

    private static ApiClient.Answer createCategory(ApiClient client) {
        return client.post("/opsflow/v1/task-category/create", Map.of("name", "x", "status_options", OPTIONS));
    }
}
