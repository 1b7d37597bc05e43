package io.opsflow.api.caller;

import io.opsflow.api.error.ApiException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, as their verified token says. The role table of the contract: what a role sees ({@link
 * #sees}), and what it may ask for ({@link #demand}). Where many rows are asked for at once, the query side says the same
 * in SQL.
 *
 * @param userId the token's {@code aud}: a user's or an app's id
 * @param workspaceId null where the token names none
 * @param projects the only projects a member sees; null where the token does not restrict them
 * @param permissions prefixes of permission names; empty allows all
 */
public record Caller(
        Role role,
        ActorKind kind,
        String userId,
        String domainId,
        @Nullable String workspaceId,
        @Nullable Set<String> projects,
        List<String> permissions) {

    /** The project that every member of a workspace sees. */
    public static final String EVERY_PROJECT = "*";

    public Caller {
        projects = projects == null ? null : Set.copyOf(projects);
        permissions = List.copyOf(permissions);
    }

    /** Refuses with 403 what the role or the token's permissions do not allow. */
    public void demand(Permission permission) {
        boolean allowedToRole =
                switch (role) {
                    case SYSTEM_ADMIN, DOMAIN_ADMIN -> true;
                    case WORKSPACE_OWNER, WORKSPACE_MEMBER -> !permission.forAdminsOnly();
                    case USER -> false;
                };
        boolean allowedToToken =
                permissions.isEmpty() || permissions.stream().anyMatch(permission.wireName()::startsWith);
        if (!allowedToRole || !allowedToToken) {
            throw ApiException.permissionDenied();
        }
    }

    /** Refuses with 403 who is no admin of the system: for what concerns the service as a whole. */
    public void demandSystemAdmin() {
        if (role != Role.SYSTEM_ADMIN) {
            throw ApiException.permissionDenied();
        }
    }

    /** Whether something of this domain as a whole, such as its catalog, is visible. */
    public boolean seesDomain(String domain) {
        return role == Role.SYSTEM_ADMIN || (role != Role.USER && domain.equals(domainId));
    }

    /** Whether something that lives in this project is visible. */
    public boolean sees(String domain, String workspace, String project) {
        return switch (role) {
            case SYSTEM_ADMIN -> true;
            case DOMAIN_ADMIN -> domain.equals(domainId);
            case WORKSPACE_OWNER -> domain.equals(domainId) && workspace.equals(workspaceId);
            case WORKSPACE_MEMBER ->
                domain.equals(domainId)
                        && workspace.equals(workspaceId)
                        && visibleProjects()
                                .map(visible -> visible.contains(project))
                                .orElse(true);
            case USER -> false;
        };
    }

    /** The projects a member is held to, with the one that everybody sees; empty where all of them are visible. */
    public Optional<Set<String>> visibleProjects() {
        if (role != Role.WORKSPACE_MEMBER || projects == null) {
            return Optional.empty();
        }
        Set<String> visible = new HashSet<>(projects);
        visible.add(EVERY_PROJECT);
        return Optional.of(Set.copyOf(visible));
    }

    /** The workspace that something new goes to; 403 where the token names none. */
    public String workspaceForCreate() {
        if (workspaceId == null) {
            throw ApiException.permissionDenied();
        }
        return workspaceId;
    }
}
