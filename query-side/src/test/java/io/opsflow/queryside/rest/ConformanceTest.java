package io.opsflow.queryside.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.queryside.QuerySideApplication;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.query.Conformance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All cases of the conformance set, asked over HTTP of query sides that learned the tasks from the topic: one on a
 * database of the locale C, one on a database of an ICU locale.
 */
class ConformanceTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final EmbeddedIdentity IDENTITY = EmbeddedIdentity.create();

    private static EventTopic topic;
    private static QuerySide inC;
    private static QuerySide inEnglish;

    @BeforeAll
    static void learnTheTasks(@TempDir Path directory) throws Exception {
        JsonNode first = Conformance.tasks().get(0);
        String token = IDENTITY.token(text(first, "domain_id"))
                .role("WORKSPACE_OWNER")
                .workspace(text(first, "workspace_id"))
                .user("kim@example.com")
                .build();
        Path keys = IDENTITY.writeJwks(directory.resolve("jwks.json"));
        topic = EventTopic.create(12);
        Happenings happenings = new Happenings();
        Conformance.tasks().forEach(task -> topic.send(happenings.request(events(task))));
        inC = QuerySide.start(Servers.newReadModel(), keys, token);
        inEnglish = QuerySide.start(Servers.newReadModelOfLocale("en-US"), keys, token);
        inC.awaitAll();
        inEnglish.awaitAll();
    }

    @AfterAll
    static void stop() {
        inC.context.close();
        inEnglish.context.close();
        topic.close();
    }

    static List<Named<Conformance.Case>> cases() {
        return Conformance.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inADatabaseOfLocaleC(Conformance.Case example) {
        example.check(inC.post(example.method(), example.request()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inADatabaseOfAnIcuLocale(Conformance.Case example) {
        example.check(inEnglish.post(example.method(), example.request()));
    }

    /** What the set asks of the tasks as they are now, it asks of the past as well. */
    @ParameterizedTest
    @MethodSource("cases")
    void inThePast(Conformance.Case example) {
        ObjectNode request = (ObjectNode) example.request().deepCopy();
        request.put("at", Timestamps.format(Instant.now()));
        example.check(inEnglish.post(example.method() + "_at", request));
    }

    /** The task as it is from the start; a mention is what changes nothing but the time of the last change. */
    private static DomainEvent[] events(JsonNode task) {
        String id = text(task, "task_id");
        Instant createdAt = Instant.parse(text(task, "created_at"));
        Instant updatedAt = Instant.parse(text(task, "updated_at"));
        TaskCreated created = new TaskCreated(
                id,
                text(task, "name"),
                new TaskStatus(text(task, "status_id"), "", StatusType.valueOf(text(task, "status_type"))),
                Priority.valueOf(text(task, "priority")),
                text(task, "description"),
                List.of(),
                Mentions.NONE,
                text(task, "assignee"),
                (ObjectNode) task.get("data"),
                text(task, "created_by"),
                text(task, "domain_id"),
                text(task, "workspace_id"),
                text(task, "project_id"),
                text(task, "category_id"),
                text(task, "task_type_id"),
                time(task, "started_at"),
                time(task, "completed_at"),
                createdAt);
        return updatedAt.equals(createdAt)
                ? new DomainEvent[] {created}
                : new DomainEvent[] {created, new TaskMentioned(id, Mentions.NONE, updatedAt)};
    }

    private static String text(JsonNode task, String member) {
        return task.get(member).asString("");
    }

    private static @Nullable Instant time(JsonNode task, String member) {
        String time = text(task, member);
        return time.isEmpty() ? null : Instant.parse(time);
    }

    private record QuerySide(ConfigurableApplicationContext context, String token) {

        static QuerySide start(String databaseUrl, Path keys, String token) {
            return new QuerySide(
                    new SpringApplicationBuilder(QuerySideApplication.class)
                            .properties(
                                    "server.port=0",
                                    "opsflow.jwks=" + keys,
                                    "opsflow.root-domain=domain-root",
                                    "opsflow.read-model.url=" + databaseUrl,
                                    "opsflow.kafka.bootstrap=" + Servers.BROKER.bootstrapServers(),
                                    "opsflow.kafka.topic=" + topic.name(),
                                    "opsflow.feed.group=" + Servers.unique("conformance-"),
                                    "spring.main.banner-mode=off",
                                    "spring.main.register-shutdown-hook=false")
                            .run(),
                    token);
        }

        void awaitAll() {
            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> post("list", Json.mapper().readTree("{\"query\":{\"count_only\":true}}"))
                                    .get("total_count")
                                    .intValue()
                            == Conformance.tasks().size());
        }

        JsonNode post(String verb, JsonNode request) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            try {
                HttpResponse<String> answer = HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/opsflow/v1/task/" + verb))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                return Json.mapper().readTree(answer.body());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
