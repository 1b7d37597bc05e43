package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhoSeesWhatTest extends QueryTest {

    @BeforeEach
    void tasksOfSeveral() {
        task("task-1", Map.of("domain_id", "domain-1", "workspace_id", "workspace-1", "project_id", "project-1"));
        task("task-2", Map.of("domain_id", "domain-1", "workspace_id", "workspace-1", "project_id", "*"));
        task("task-3", Map.of("domain_id", "domain-1", "workspace_id", "workspace-1", "project_id", "project-2"));
        task("task-4", Map.of("domain_id", "domain-1", "workspace_id", "workspace-2", "project_id", "project-1"));
        task("task-5", Map.of("domain_id", "domain-2", "workspace_id", "workspace-1", "project_id", "project-1"));
    }

    @Test
    void eachRoleSeesItsOwn() {
        assertThat(seenBy(Role.SYSTEM_ADMIN, null)).hasSize(5);
        assertThat(seenBy(Role.DOMAIN_ADMIN, null)).containsExactly("task-1", "task-2", "task-3", "task-4");
        assertThat(seenBy(Role.WORKSPACE_OWNER, Set.of("project-1"))).containsExactly("task-1", "task-2", "task-3");
        assertThat(seenBy(Role.WORKSPACE_MEMBER, null)).containsExactly("task-1", "task-2", "task-3");
        assertThat(seenBy(Role.WORKSPACE_MEMBER, Set.of("project-1"))).containsExactly("task-1", "task-2");
        assertThat(seenBy(Role.WORKSPACE_MEMBER, Set.of())).containsExactly("task-2");
        assertThat(seenBy(Role.USER, null)).isEmpty();
    }

    @Test
    void noConditionReachesFurther() {
        Caller caller = caller(Role.WORKSPACE_MEMBER, Set.of("project-1"));
        assertThat(ids(list(caller, """
                {'filter_or': [{'k': 'domain_id', 'o': 'eq', 'v': 'domain-2'}, {'k': 'task_id', 'o': 'exists', 'v': true}],
                 'sort': [{'key': 'task_id'}]}"""))).containsExactly("task-1", "task-2");
    }

    private static List<String> seenBy(Role role, @Nullable Set<String> projects) {
        return ids(list(caller(role, projects), "{'sort': [{'key': 'task_id'}]}"));
    }

    private static Caller caller(Role role, @Nullable Set<String> projects) {
        return new Caller(role, ActorKind.USER, "kim", "domain-1", "workspace-1", projects, List.of());
    }
}
