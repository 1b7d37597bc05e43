package io.opsflow.api.caller;

/** The {@code rol} claim; what each sees and may write is the contract's role table, see {@link Caller}. */
public enum Role {
    SYSTEM_ADMIN,
    DOMAIN_ADMIN,
    WORKSPACE_OWNER,
    WORKSPACE_MEMBER,
    USER
}
