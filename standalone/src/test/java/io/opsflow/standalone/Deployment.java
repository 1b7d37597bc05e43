package io.opsflow.standalone;

import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.embedded.TokenBuilder;
import java.nio.file.Path;
import java.util.Map;

/** Both sides from their jars, PostgreSQL and a broker, each in processes of its own on ports that stay. */
final class Deployment implements AutoCloseable {

    private static final String DOMAIN = "domain-0123456789ab";
    private static final String ROOT = "domain-000000000000";

    private final EmbeddedIdentity identity = EmbeddedIdentity.create().addKey(DOMAIN);
    private final Parts parts = new Parts();
    private final EmbeddedDatabase database;
    private final BrokerProcess broker;
    private final Side commandSide;
    private final Side querySide;

    private Deployment(Path directory) {
        database = parts.add(EmbeddedDatabase.temporary());
        broker = parts.add(new BrokerProcess(directory.resolve("kafka")));
        String jwks = identity.writeJwks(directory.resolve("jwks.json")).toString();
        commandSide = parts.add(side("command-side", "EVENT_STORE", database.createDatabase("event_store"), jwks));
        querySide = parts.add(side("query-side", "READ_MODEL", database.createDatabase("read_model"), jwks));
        commandSide.awaitReady();
        querySide.awaitReady();
    }

    static Deployment start(Path directory) {
        return new Deployment(directory);
    }

    private Side side(String module, String databaseOfIt, String url, String jwks) {
        return Side.start(
                module,
                Map.of(
                        "OPSFLOW_%s_URL".formatted(databaseOfIt),
                        url,
                        "OPSFLOW_%s_USER".formatted(databaseOfIt),
                        database.user(),
                        "OPSFLOW_%s_PASSWORD".formatted(databaseOfIt),
                        database.password(),
                        "OPSFLOW_KAFKA_BOOTSTRAP",
                        broker.bootstrapServers(),
                        "OPSFLOW_JWKS",
                        jwks,
                        "OPSFLOW_ROOT_DOMAIN",
                        ROOT));
    }

    EmbeddedDatabase database() {
        return database;
    }

    BrokerProcess broker() {
        return broker;
    }

    Side commandSide() {
        return commandSide;
    }

    Side querySide() {
        return querySide;
    }

    TokenBuilder admin() {
        return identity.token(DOMAIN).role("DOMAIN_ADMIN").user("admin@example.com");
    }

    TokenBuilder owner() {
        return identity.token(DOMAIN)
                .role("WORKSPACE_OWNER")
                .workspace("workspace-1")
                .user("owner@example.com");
    }

    @Override
    public void close() {
        parts.close();
    }
}
