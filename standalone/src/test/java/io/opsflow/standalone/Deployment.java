package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.embedded.FreePort;
import io.opsflow.embedded.TokenBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Both sides from their jars, PostgreSQL and a broker, each in processes of its own on ports that stay. */
final class Deployment implements AutoCloseable {

    private static final String DOMAIN = "domain-0123456789ab";
    private static final String ROOT = "domain-000000000000";

    // They are started often and live for seconds.
    private static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final EmbeddedIdentity identity = EmbeddedIdentity.create().addKey(DOMAIN);
    private final Parts parts = new Parts();
    private final EmbeddedDatabase database;
    private final BrokerProcess broker;
    private final Side commandSide;
    private final Side querySide;

    /** One of the two, as often as it is started. */
    static final class Side implements AutoCloseable {

        private final String module;
        private final Map<String, String> environment;
        private final String address;
        private JarProcess process;

        private Side(String module, Map<String, String> environment, int port) {
            this.module = module;
            this.environment = environment;
            this.address = "http://localhost:" + port;
            this.process = JarProcess.start(module, environment);
        }

        void kill() {
            process.kill();
        }

        void restart() {
            process = JarProcess.start(module, environment);
        }

        void awaitReady() {
            ApiClient anyone = new ApiClient(address, null);
            await().atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .failFast(() -> {
                        assertThat(process.isAlive())
                                .as(() -> module + " ended: " + process.output())
                                .isTrue();
                    })
                    .until(() -> anyone.get("/actuator/health/readiness").status() == 200);
        }

        ApiClient as(TokenBuilder token) {
            return new ApiClient(address, token.build());
        }

        @Override
        public void close() {
            process.close();
        }
    }

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
        int port = FreePort.find();
        return new Side(
                module,
                Map.of(
                        "JAVA_TOOL_OPTIONS",
                        JAVA_OPTIONS,
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
                        ROOT,
                        "SERVER_PORT",
                        Integer.toString(port)),
                port);
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
