package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.EmbeddedIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * docker-compose.yml without containers: both jars run as processes with exactly the environment that the file gives
 * them, the addresses replaced by those of embedded servers, behind the routes of the gateway's own file.
 */
class ComposeIT {

    private static final Path COMPOSE = Path.of("../docker-compose.yml");
    private static final Path GATEWAY = Path.of("../ops/gateway/nginx.conf");
    private static final Path READ_MODEL = Path.of("../ops/postgres/read-model.sql");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):\\?[^}]*}");
    private static final Pattern ROUTE = Pattern.compile("location ~ (\\S+) \\{\\s*set \\$\\w+ http://([\\w-]+):8080;");

    private static final String DOMAIN = "domain-0123456789ab";
    private static final String ROOT = "domain-000000000000";

    @TempDir
    Path directory;

    @Test
    void theSevenMethodsWorkAcrossTheTwoSides() throws Exception {
        EmbeddedIdentity identity = EmbeddedIdentity.create().addKey(DOMAIN).addKey(ROOT);
        Map<String, String> secrets = Map.of(
                "POSTGRES_PASSWORD",
                "a secret",
                "OPSFLOW_JWKS",
                identity.writeJwks(directory.resolve("jwks.json")).toString(),
                "OPSFLOW_ROOT_DOMAIN",
                ROOT);
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary();
                EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            likeTheImage(database, environment("postgres", secrets));
            Map<String, String> addresses =
                    Map.of("postgres:5432", "127.0.0.1:" + database.port(), "kafka:9092", broker.bootstrapServers());
            try (Side commandSide = start("command-side", secrets, addresses);
                    Side querySide = start("query-side", secrets, addresses)) {
                commandSide.awaitReady();
                querySide.awaitReady();
                Gateway gateway = new Gateway(
                        Files.readString(GATEWAY),
                        Map.of("command-side", commandSide.port(), "query-side", querySide.port()));
                drive(
                        gateway,
                        identity.token(DOMAIN)
                                .role("DOMAIN_ADMIN")
                                .user("admin")
                                .build(),
                        identity.token(DOMAIN)
                                .role("WORKSPACE_OWNER")
                                .workspace("workspace-1")
                                .user("kim")
                                .build());
                assertThat(commandSide.terminate(Duration.ofSeconds(20))).isIn(0, 143);
                assertThat(querySide.terminate(Duration.ofSeconds(20))).isIn(0, 143);
            }
        }
    }

    private static void drive(Gateway gateway, String admin, String owner) {
        var option = Map.of("name", "x");
        var category = gateway.post(
                admin,
                "task-category/create",
                Map.of(
                        "name",
                        "Incidents",
                        "status_options",
                        Map.of("TODO", List.of(option), "IN_PROGRESS", List.of(option), "COMPLETED", List.of(option))));
        var type = gateway.post(
                admin, "task-type/create", Map.of("name", "Outage", "category_id", category.text("category_id")));
        String todo = category.body().at("/status_options/TODO/0/status_id").stringValue();
        String done =
                category.body().at("/status_options/COMPLETED/0/status_id").stringValue();
        var created = gateway.post(
                owner,
                "task/create",
                Map.of(
                        "name",
                        "Disk full",
                        "status_id",
                        todo,
                        "project_id",
                        "project-1",
                        "task_type_id",
                        type.text("task_type_id")));
        var id = Map.of("task_id", created.text("task_id"));
        gateway.post(owner, "task/update", Map.of("task_id", created.text("task_id"), "assignee", "kim"));
        var completed = gateway.post(
                owner, "task/change_status", Map.of("task_id", created.text("task_id"), "status_id", done));

        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> gateway.send(owner, "task/get", id),
                        read -> read.body().equals(completed.body()));
        assertThat(gateway.post(
                                owner,
                                "task/list",
                                Map.of(
                                        "query",
                                        Map.of("filter", List.of(Map.of("k", "assignee", "v", "kim", "o", "eq")))))
                        .body()
                        .get("total_count")
                        .intValue())
                .isEqualTo(1);
        assertThat(gateway.post(
                                owner,
                                "task/stat",
                                Map.of("query", Map.of("aggregate", List.of(Map.of("count", Map.of("name", "n"))))))
                        .body()
                        .at("/results/0/n")
                        .intValue())
                .isEqualTo(1);

        gateway.post(owner, "task/delete", id);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> gateway.send(owner, "task/get", id).status() == 404);
    }

    private static Side start(String service, Map<String, String> secrets, Map<String, String> addresses)
            throws IOException {
        Map<String, String> environment = environment(service, secrets);
        addresses.forEach((from, to) -> environment.replaceAll((name, value) -> value.replace(from, to)));
        return Side.start(service, environment); // on a port of its own; in containers both are 8080
    }

    private static Map<String, String> environment(String service, Map<String, String> secrets) throws IOException {
        Map<String, Map<String, Map<String, Object>>> compose = new Yaml().load(Files.readString(COMPOSE));
        @SuppressWarnings("unchecked")
        Map<String, Object> given =
                (Map<String, Object>) compose.get("services").get(service).get("environment");
        Map<String, String> environment = new LinkedHashMap<>();
        given.forEach((name, value) -> environment.put(
                name,
                VARIABLE.matcher(value.toString())
                        .replaceAll(variable -> Matcher.quoteReplacement(secrets.get(variable.group(1))))));
        return environment;
    }

    /** What the image of PostgreSQL does at its first start. */
    private static void likeTheImage(EmbeddedDatabase database, Map<String, String> environment)
            throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl("postgres"), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create role %s superuser login password '%s'"
                    .formatted(environment.get("POSTGRES_USER"), environment.get("POSTGRES_PASSWORD")));
            statement.execute("create database " + environment.get("POSTGRES_DB"));
            statement.execute(Files.readString(READ_MODEL));
        }
    }

    /** Sends each path where the gateway's file sends it. */
    private static final class Gateway {

        private final Map<Pattern, Integer> routes = new LinkedHashMap<>();

        Gateway(String file, Map<String, Integer> ports) {
            Matcher route = ROUTE.matcher(file);
            while (route.find()) {
                routes.put(Pattern.compile(route.group(1)), ports.get(route.group(2)));
            }
            assertThat(routes).hasSize(2);
        }

        ApiClient.Answer send(String token, String verb, Object request) {
            String path = "/opsflow/v1/" + verb;
            int port = routes.entrySet().stream()
                    .filter(route -> route.getKey().matcher(path).find())
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            return new ApiClient("http://localhost:" + port, token).post(path, request);
        }

        ApiClient.Answer post(String token, String verb, Object request) {
            ApiClient.Answer answer = send(token, verb, request);
            assertThat(answer.status()).as("%s: %s", verb, answer.body()).isEqualTo(200);
            return answer;
        }
    }
}
