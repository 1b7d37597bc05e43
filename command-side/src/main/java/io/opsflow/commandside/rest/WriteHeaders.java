package io.opsflow.commandside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.json.Members;
import org.jspecify.annotations.Nullable;

/** What a {@link Write} says beside its body. */
record WriteHeaders(
        String verb, @Nullable String ifMatch, @Nullable String idempotencyKey) {

    Write with(Members body, Caller caller) {
        return new Write(verb, body, caller, ifMatch, idempotencyKey);
    }
}
