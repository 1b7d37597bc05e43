package io.opsflow.api.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.error.ApiException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallerTest {

    private static final String DOMAIN = "domain-1";
    private static final String WORKSPACE = "workspace-1";
    private static final String PROJECT = "project-1";

    static Stream<Arguments> everyRoleAndPermission() {
        return Arrays.stream(Role.values())
                .flatMap(role -> Arrays.stream(Permission.values()).map(permission -> Arguments.of(role, permission)));
    }

    /** The contract's table, written out. */
    @ParameterizedTest
    @MethodSource("everyRoleAndPermission")
    void eachRoleMayDoWhatTheTableSays(Role role, Permission permission) {
        boolean allowed =
                switch (role) {
                    case SYSTEM_ADMIN, DOMAIN_ADMIN -> true;
                    case WORKSPACE_OWNER, WORKSPACE_MEMBER ->
                        switch (permission) {
                            case TASK_READ, TASK_WRITE, TASK_CATEGORY_READ, TASK_TYPE_READ, EVENT_READ -> true;
                            case TASK_CATEGORY_WRITE, TASK_TYPE_WRITE -> false;
                        };
                    case USER -> false;
                };
        assertThat(isAllowed(caller(role), permission)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "opsflow:Task.read, true",
        "opsflow:Task.write, false",
        "opsflow:Task., true",
        "opsflow:Task, true",
        "opsflow:, true",
        "opsflow, true",
        "opsflow:TaskType, false",
        "opsflow:Task.read.more, false",
        "opsflow:task.read, false",
        "identity:, false"
    })
    void permissionsArePrefixes(String prefix, boolean allowed) {
        assertThat(isAllowed(with(Role.DOMAIN_ADMIN, List.of(prefix)), Permission.TASK_READ))
                .isEqualTo(allowed);
        assertThat(isAllowed(with(Role.DOMAIN_ADMIN, List.of("identity:", prefix)), Permission.TASK_READ))
                .isEqualTo(allowed);
    }

    @Test
    void permissionsNeverAddToARole() {
        List<String> all = List.of("opsflow:");
        assertThat(isAllowed(with(Role.WORKSPACE_OWNER, all), Permission.TASK_TYPE_WRITE))
                .isFalse();
        assertThat(isAllowed(with(Role.USER, all), Permission.TASK_READ)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // own project, other project, other workspace, other domain
        "SYSTEM_ADMIN,     true,  true,  true,  true",
        "DOMAIN_ADMIN,     true,  true,  true,  false",
        "WORKSPACE_OWNER,  true,  true,  false, false",
        "WORKSPACE_MEMBER, true,  true,  false, false",
        "USER,             false, false, false, false"
    })
    void eachRoleSeesWhatTheTableSays(
            Role role, boolean project, boolean otherProject, boolean otherWorkspace, boolean otherDomain) {
        Caller caller = caller(role);
        assertThat(caller.sees(DOMAIN, WORKSPACE, PROJECT)).isEqualTo(project);
        assertThat(caller.sees(DOMAIN, WORKSPACE, "project-2")).isEqualTo(otherProject);
        assertThat(caller.sees(DOMAIN, "workspace-2", PROJECT)).isEqualTo(otherWorkspace);
        assertThat(caller.sees("domain-2", WORKSPACE, PROJECT)).isEqualTo(otherDomain);
        assertThat(caller.seesDomain(DOMAIN)).isEqualTo(role != Role.USER);
        assertThat(caller.seesDomain("domain-2")).isEqualTo(otherDomain);
    }

    @Test
    void aMembersProjectsBindThatMemberAlone() {
        for (Role role : Role.values()) {
            Caller caller = of(role, WORKSPACE, Set.of(PROJECT));
            boolean member = role == Role.WORKSPACE_MEMBER;
            assertThat(caller.visibleProjects().isPresent()).isEqualTo(member);
            assertThat(caller.sees(DOMAIN, WORKSPACE, PROJECT)).isEqualTo(role != Role.USER);
            assertThat(caller.sees(DOMAIN, WORKSPACE, "*")).isEqualTo(role != Role.USER);
            assertThat(caller.sees(DOMAIN, WORKSPACE, "project-2")).isEqualTo(role != Role.USER && !member);
        }
    }

    @Test
    void aMemberWithoutProjectsSeesTheOneOfEverybody() {
        Caller member = of(Role.WORKSPACE_MEMBER, WORKSPACE, Set.of());
        assertThat(member.visibleProjects()).contains(Set.of("*"));
        assertThat(member.sees(DOMAIN, WORKSPACE, "*")).isTrue();
        assertThat(member.sees(DOMAIN, "workspace-2", "*")).isFalse();
        assertThat(member.sees(DOMAIN, WORKSPACE, PROJECT)).isFalse();
    }

    @Test
    void somethingNewNeedsAWorkspace() {
        assertThat(caller(Role.WORKSPACE_OWNER).workspaceForCreate()).isEqualTo(WORKSPACE);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> of(Role.DOMAIN_ADMIN, null, null).workspaceForCreate())
                .satisfies(e -> assertThat(e.status()).isEqualTo(403));
    }

    private static boolean isAllowed(Caller caller, Permission permission) {
        try {
            caller.demand(permission);
            return true;
        } catch (ApiException e) {
            assertThat(e.status()).isEqualTo(403);
            assertThat(e.message()).isEqualTo("Permission denied.");
            return false;
        }
    }

    private static Caller caller(Role role) {
        return of(role, WORKSPACE, null);
    }

    private static Caller of(Role role, @Nullable String workspace, @Nullable Set<String> projects) {
        return new Caller(role, ActorKind.USER, "ann", DOMAIN, workspace, projects, List.of());
    }

    private static Caller with(Role role, List<String> permissions) {
        return new Caller(role, ActorKind.USER, "ann", DOMAIN, WORKSPACE, null, permissions);
    }
}
