package io.opsflow.queryside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.query.Condition;
import java.util.List;

/** What the token says overrides what the request says: a domain or workspace that the caller is bound to is not asked for. */
final class TokensFirst {

    private TokensFirst() {}

    static List<Condition> parameters(Caller caller, List<Condition> parameters) {
        boolean boundToDomain = caller.role() != Role.SYSTEM_ADMIN;
        boolean boundToWorkspace = boundToDomain && caller.role() != Role.DOMAIN_ADMIN;
        return parameters.stream()
                .filter(condition -> switch (condition.field().path().top()) {
                    case "domain_id" -> !boundToDomain;
                    case "workspace_id" -> !boundToWorkspace;
                    default -> true;
                })
                .toList();
    }
}
