package io.opsflow.standalone;

import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.embedded.PrivateFiles;
import io.opsflow.embedded.TokenBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The demo domain: its ids, and a token for each kind of caller. */
final class Demo {

    static final String ROOT_DOMAIN = "domain-000000000000";
    static final String DOMAIN = "domain-000000000001";
    static final String OTHER_DOMAIN = "domain-000000000002";
    static final String WORKSPACE = "workspace-000000000001";
    static final String OTHER_WORKSPACE = "workspace-000000000002";
    static final String PROJECT = "project-000000000001";

    static final String CATEGORY = "category-000000000001";
    static final String TASK_TYPE = "task-type-000000000001";
    static final String TODO = "status-000000000001";
    static final String IN_PROGRESS = "status-000000000002";
    static final String DONE = "status-000000000003";

    private static final Duration LIFETIME = Duration.ofDays(30);

    private Demo() {}

    /** Every token anew, by its name. */
    static Map<String, String> tokens(EmbeddedIdentity identity) {
        Map<String, String> tokens = new LinkedHashMap<>();
        callers(identity)
                .forEach((name, token) ->
                        tokens.put(name, token.expiresIn(LIFETIME).build()));
        return tokens;
    }

    /** Writes them to {@code <name>.jwt}, readable by the owner alone. */
    static void writeTokens(Map<String, String> tokens, Path directory) throws IOException {
        Files.createDirectories(directory);
        tokens.forEach((name, token) -> PrivateFiles.write(directory.resolve(name + ".jwt"), token));
    }

    private static Map<String, TokenBuilder> callers(EmbeddedIdentity identity) {
        Map<String, TokenBuilder> tokens = new LinkedHashMap<>();
        tokens.put(
                "workspace-owner",
                identity.token(DOMAIN)
                        .role("WORKSPACE_OWNER")
                        .workspace(WORKSPACE)
                        .user("owner@example.com"));
        tokens.put(
                "workspace-member",
                identity.token(DOMAIN)
                        .role("WORKSPACE_MEMBER")
                        .workspace(WORKSPACE)
                        .user("member@example.com"));
        tokens.put("domain-admin", identity.token(DOMAIN).role("DOMAIN_ADMIN").user("admin@example.com"));
        tokens.put(
                "system-admin", identity.token(ROOT_DOMAIN).role("SYSTEM_ADMIN").user("root@example.com"));
        tokens.put(
                "workspace-owner-other",
                identity.token(DOMAIN)
                        .role("WORKSPACE_OWNER")
                        .workspace(OTHER_WORKSPACE)
                        .user("other@example.com"));
        tokens.put(
                "domain-admin-other",
                identity.token(OTHER_DOMAIN).role("DOMAIN_ADMIN").user("admin@example.org"));
        return tokens;
    }
}
