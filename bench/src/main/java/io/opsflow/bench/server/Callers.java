package io.opsflow.bench.server;

import io.opsflow.embedded.EmbeddedIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Who asks: tokens that every process started with {@link #settings()} believes. */
public final class Callers implements AutoCloseable {

    private static final String ROOT_DOMAIN = "domain-000000000000";

    private final EmbeddedIdentity identity;
    private final Path directory;
    private final Path jwks;

    /** @param domain of all callers but the system's admin */
    public Callers(String domain) throws IOException {
        identity = EmbeddedIdentity.create().addKey(domain).addKey(ROOT_DOMAIN);
        directory = Files.createTempDirectory("opsflow-bench");
        jwks = identity.writeJwks(directory.resolve("jwks.json"));
    }

    Map<String, String> settings() {
        return Map.of("OPSFLOW_JWKS", jwks.toString(), "OPSFLOW_ROOT_DOMAIN", ROOT_DOMAIN);
    }

    /** A token that sees all of a workspace, for an hour. */
    public String owner(String domain, String workspace, String user) {
        return identity.token(domain)
                .role("WORKSPACE_OWNER")
                .workspace(workspace)
                .user(user)
                .build();
    }

    /** A token for what is below {@code /admin}, for an hour. */
    public String systemAdmin() {
        return identity.token(ROOT_DOMAIN)
                .role("SYSTEM_ADMIN")
                .user("admin@example.com")
                .build();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(jwks);
        Files.deleteIfExists(directory);
    }
}
