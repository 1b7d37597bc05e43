package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.embedded.TokenBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * docker-compose.yml without containers: both sides run from their jars with exactly the environment that the file
 * gives them, the addresses replaced by those of a PostgreSQL and a broker in processes of their own. Every port stays,
 * whatever is killed and started again.
 */
final class Deployment implements AutoCloseable {

    private static final Path READ_MODEL = Path.of("../ops/postgres/read-model.sql");

    private static final String DOMAIN = "domain-0123456789ab";
    private static final String ROOT = "domain-000000000000";

    /** What tasks need: a type, and statuses, a TODO first and a COMPLETED last. */
    record Work(String taskTypeId, List<String> statusIds) {}

    private final EmbeddedIdentity identity =
            EmbeddedIdentity.create().addKey(DOMAIN).addKey(ROOT);
    private final Parts parts = new Parts();
    private final ComposeFile compose;
    private final EmbeddedDatabase database;
    private final BrokerProcess broker;
    private final List<Side> commandSides = new ArrayList<>();
    private final List<Side> querySides = new ArrayList<>();

    private Deployment(Path directory, int processes, Map<String, String> ofQuerySide) throws SQLException {
        compose = new ComposeFile(Map.of(
                "POSTGRES_PASSWORD",
                "a secret",
                "OPSFLOW_JWKS",
                identity.writeJwks(directory.resolve("jwks.json")).toString(),
                "OPSFLOW_ROOT_DOMAIN",
                ROOT));
        database = parts.add(EmbeddedDatabase.temporary());
        likeTheImage(compose.environment("postgres"));
        broker = parts.add(new BrokerProcess(directory.resolve("kafka")));
        for (int i = 0; i < processes; i++) {
            commandSides.add(parts.add(side("command-side", Map.of())));
            querySides.add(parts.add(side("query-side", ofQuerySide)));
        }
        commandSides.forEach(Side::awaitReady);
        querySides.forEach(Side::awaitReady);
    }

    static Deployment start(Path directory) throws SQLException {
        return start(directory, 1, Map.of());
    }

    /**
     * @param processes of each side, as {@code --scale} would start them
     * @param ofQuerySide what its environment holds beyond that of the file
     */
    static Deployment start(Path directory, int processes, Map<String, String> ofQuerySide) throws SQLException {
        return new Deployment(directory, processes, ofQuerySide);
    }

    /** What the image of PostgreSQL does at its first start. */
    private void likeTheImage(Map<String, String> environment) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("create role %s superuser login password '%s'"
                    .formatted(
                            environment.get("POSTGRES_USER"),
                            ComposeFile.read(Path.of(environment.get("POSTGRES_PASSWORD_FILE")))));
            statement.execute("create database " + environment.get("POSTGRES_DB"));
            statement.execute(ComposeFile.read(READ_MODEL));
        }
    }

    private Side side(String service, Map<String, String> more) {
        Map<String, String> environment = compose.environment(service);
        environment.putAll(more);
        Map.of("postgres:5432", "127.0.0.1:" + database.port(), "kafka:9092", broker.bootstrapServers())
                .forEach((from, to) -> environment.replaceAll((name, value) -> value.replace(from, to)));
        return Side.start(service, environment); // on a port of its own; in containers both are 8080
    }

    EmbeddedDatabase database() {
        return database;
    }

    BrokerProcess broker() {
        return broker;
    }

    Side commandSide() {
        return commandSides.getFirst();
    }

    Side querySide() {
        return querySides.getFirst();
    }

    List<Side> commandSides() {
        return commandSides;
    }

    List<Side> querySides() {
        return querySides;
    }

    /** As a superuser. */
    Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(name), database.user(), database.password());
    }

    /** Its processes are there and do nothing any more, until they are killed. */
    void hangDatabase() throws SQLException, IOException, InterruptedException {
        try (Connection connection = connect("postgres")) {
            ProcessHandle postmaster = Postmaster.behind(connection);
            String all = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .map(process -> Long.toString(process.pid()))
                    .collect(Collectors.joining(" "));
            int stopped =
                    new ProcessBuilder("sh", "-c", "kill -STOP " + all).start().waitFor();
            assertThat(stopped).isZero();
        }
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

    TokenBuilder systemAdmin() {
        return identity.token(ROOT).role("SYSTEM_ADMIN").user("root@example.com");
    }

    Work prepareWork() {
        ApiClient admin = commandSide().as(admin());
        var option = List.of(Map.of("name", "x"));
        var category = admin.post(
                "/opsflow/v1/task-category/create",
                Map.of(
                        "name",
                        "Incidents",
                        "status_options",
                        Map.of("TODO", option, "IN_PROGRESS", option, "COMPLETED", option)));
        var type = admin.post(
                "/opsflow/v1/task-type/create", Map.of("name", "Outage", "category_id", category.text("category_id")));
        return new Work(type.text("task_type_id"), category.body().findValuesAsString("status_id"));
    }

    /** One more process of the query side, as {@code --scale query-side=2} would start it. */
    Side anotherQuerySide() throws SQLException {
        Side another = parts.add(side("query-side", Map.of()));
        another.awaitReady();
        return another;
    }

    @Override
    public void close() {
        parts.close();
    }
}
