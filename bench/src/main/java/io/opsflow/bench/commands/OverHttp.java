package io.opsflow.bench.commands;

import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command side's own jar as a process, asked by HTTP on connections that stay, with a token a caller. */
final class OverHttp implements Way {

    private static final String ROOT_DOMAIN = "domain-000000000000";

    private static final String CREATE = """
            {"name": "%s", "status_id": "%s", "project_id": "%s", "task_type_id": "%s", "priority": "HIGH", \
            "description": "%s", "assignee": "%s", "data": %s}""".formatted(
                    Sample.NAME,
                    Sample.TODO,
                    Sample.PROJECT,
                    Sample.TASK_TYPE,
                    Sample.DESCRIPTION,
                    Sample.ASSIGNEE,
                    Sample.DATA);

    private static final String CHANGE = """
            {"task_id": "%s", "status_id": "%s"}""";

    private final EmbeddedIdentity identity =
            EmbeddedIdentity.create().addKey(Sample.DOMAIN).addKey(ROOT_DOMAIN);
    private final Path directory;
    private final ServerProcess server;
    private final Followers followers;

    OverHttp(Databases databases, String database, EmbeddedBroker broker) throws IOException {
        directory = Files.createTempDirectory("opsflow-bench");
        Path jwks = identity.writeJwks(directory.resolve("jwks.json"));
        server = ServerProcess.start(Map.of(
                "OPSFLOW_EVENT_STORE_URL", databases.url(database),
                "OPSFLOW_EVENT_STORE_USER", databases.user(),
                "OPSFLOW_EVENT_STORE_PASSWORD", databases.password(),
                "OPSFLOW_KAFKA_BOOTSTRAP", broker.bootstrapServers(),
                "OPSFLOW_JWKS", jwks.toString(),
                "OPSFLOW_ROOT_DOMAIN", ROOT_DOMAIN,
                "SPRING_MAIN_BANNER_MODE", "off",
                "LOGGING_LEVEL_ROOT", "warn"));
        followers = new Followers(databases, database);
    }

    ServerProcess server() {
        return server;
    }

    @Override
    public Worker worker(int number) throws IOException {
        String token = identity.token(Sample.DOMAIN)
                .role("WORKSPACE_OWNER")
                .workspace(Sample.WORKSPACE)
                .user(Sample.user(number))
                .build();
        return new Client(new HttpConnection(server.port(), token));
    }

    private static final class Client implements Worker {

        private static final String TASK_ID = "\"task_id\":\"";
        private static final int ID_LENGTH = Sample.newTaskId().length();

        private final HttpConnection connection;
        private @Nullable String created;
        private int turn;

        Client(HttpConnection connection) {
            this.connection = connection;
        }

        @Override
        public void next() throws IOException {
            if (created == null) {
                String answer = connection.post("/opsflow/v1/task/create", CREATE);
                int id = answer.indexOf(TASK_ID) + TASK_ID.length();
                created = answer.substring(id, id + ID_LENGTH);
            } else {
                connection.post("/opsflow/v1/task/change_status", CHANGE.formatted(created, Sample.next(turn++)));
                created = null;
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    @Override
    public void settle() throws SQLException, InterruptedException {
        followers.awaitHead();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(directory.resolve("jwks.json"));
        Files.deleteIfExists(directory);
    }
}
