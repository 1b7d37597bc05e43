package io.opsflow.api.caller;

/** The {@code own} claim: what kind of caller stands behind a token. */
public enum ActorKind {
    USER,
    APP,
    SYSTEM
}
