package io.opsflow.standalone.openapi;

/** The tokens that a fuzz run sends, one for each kind of caller. */
public record FuzzTokens(String systemAdmin, String domainAdmin, String owner, String member, String stranger) {

    /** The one that may do it. */
    String allowed(Operation operation) {
        if (operation.path().startsWith("/admin/")) {
            return systemAdmin;
        }
        return operation.path().contains("/task-") ? domainAdmin : owner;
    }
}
