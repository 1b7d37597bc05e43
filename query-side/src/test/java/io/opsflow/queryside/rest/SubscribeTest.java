package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.Happenings.altered;
import static io.opsflow.queryside.fixture.QuerySideServer.OTHER_DOMAIN;
import static io.opsflow.queryside.fixture.QuerySideServer.ROOT_DOMAIN;
import static io.opsflow.queryside.fixture.QuerySideServer.token;
import static io.opsflow.queryside.fixture.TaskEvents.CATEGORY;
import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.NOON;
import static io.opsflow.queryside.fixture.TaskEvents.PROJECT;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.catalog.TaskCategoryRenamed;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.queryside.fixture.EventStream;
import io.opsflow.queryside.fixture.EventStream.Sent;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.RunningQuerySide;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SubscribeTest extends SubscriptionTest {

    private static final QuerySideServer SERVER =
            QuerySideServer.start("opsflow.subscription.heartbeat=300ms", "opsflow.subscription.limit=60");

    SubscribeTest() {
        super(SERVER);
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** The next test has all the places again. */
    @AfterEach
    void everybodyHasLeft() {
        leave();
        await().atMost(RunningQuerySide.PATIENCE).until(() -> open() == 0);
    }

    @Test
    void thePositionComesFirstAndThenEachEventAsItHappens() {
        double sentBefore = sent();
        happens(happenings.one(created(newTask(), "{}")));
        EventStream stream = subscribe(owner(), "");
        assertThat(stream.head())
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/event-stream;charset=UTF-8\n")
                .contains("Cache-Control: no-cache, no-store")
                .contains("X-Accel-Buffering: no\n");
        assertThat(stream.next()).isEqualTo(new Sent(at(1), null));

        EventRecord created = happenings.one(created(task, "{\"b\":1.50,\"a\":12345678901234567890.10}"));
        happens(created);
        Sent sent = Objects.requireNonNull(stream.nextEvent());
        assertThat(sent.id()).isEqualTo(at(2));
        assertThat(sent.data()).endsWith(",\"data\":" + created.payload() + "}");
        assertIsCloudEvent(sent.json(), created);

        happens(happenings.one(renamed("two")), happenings.one(renamed("three")));
        assertThat(stream.ids(2)).isEqualTo(at(3, 4));
        // The last is counted when it has been sent.
        await().atMost(RunningQuerySide.PATIENCE).until(() -> sent() == sentBefore + 3);
    }

    private void assertIsCloudEvent(JsonNode event, EventRecord created) {
        Map<String, String> attributes = Map.of(
                "specversion", "1.0",
                "id", created.eventId(),
                "source", "/opsflow/v1/task",
                "type", "io.opsflow.task.created.v1",
                "subject", task,
                "time", "2024-12-05T08:00:00.123Z",
                "datacontenttype", "application/json");
        Map<String, String> extensions = Map.ofEntries(
                Map.entry("actor", "user-1"),
                Map.entry("actorkind", "USER"),
                Map.entry("correlationid", "correlation-1"),
                Map.entry("domainid", DOMAIN),
                Map.entry("globalindex", String.valueOf(at(2))),
                Map.entry("hash", "00"),
                Map.entry("projectid", PROJECT),
                Map.entry("requestid", created.requestId()),
                Map.entry("requestlast", "true"),
                Map.entry("sequence", "0"),
                Map.entry("workspaceid", workspace));
        attributes.forEach((name, value) ->
                assertThat(event.get(name).stringValue()).as(name).isEqualTo(value));
        extensions.forEach((name, value) ->
                assertThat(event.get(name).stringValue()).as(name).isEqualTo(value));
        assertThat(event.size()).isEqualTo(attributes.size() + extensions.size() + 1);
    }

    @Test
    void whatIsNoJsonArrivesAsAString() {
        EventRecord created = happenings.one(created());
        EventRecord renamed = happenings.one(renamed("x"));
        String spread = renamed.payload().replace("{", "{\r\n \"new\": 1.0,\n");
        happens(altered(created, created.name(), "{\"broken\"\n"), altered(renamed, renamed.name(), spread));
        EventStream stream = subscribe(owner(), "from=beginning");

        assertThat(Objects.requireNonNull(stream.nextEvent()).json().get("data").stringValue())
                .isEqualTo("{\"broken\"\n");
        assertThat(Objects.requireNonNull(stream.nextEvent()).json().get("data"))
                .isEqualTo(Json.mapper().readTree(spread));
    }

    @Test
    void thePastIsReplayedAndThenItGoesOn() {
        List<EventRecord> past = new ArrayList<>(happenings.request(created()));
        for (int i = 2; i <= 1_200; i++) {
            past.add(happenings.one(renamed("name " + i)));
        }
        happens(past);
        EventStream stream = subscribe(owner(), "from=beginning");
        assertThat(stream.next()).isEqualTo(new Sent(0, null));
        assertThat(stream.ids(1_200)).isEqualTo(at(1, 1_200));

        happens(happenings.one(renamed("live")));
        assertThat(stream.ids(1)).isEqualTo(at(1_201, 1_201));
    }

    @Test
    void itGoesOnBehindTheIndexThatIsNamed() {
        happens(happenings.request(created(), renamed("two"), renamed("three")));

        assertThat(subscribe(owner(), "from=" + at(1)).ids(2)).isEqualTo(at(2, 3));
        assertThat(subscribe(owner(), "from=0").ids(3)).isEqualTo(at(1, 3));
        assertThat(subscribe(owner(), "", "Last-Event-ID: " + at(2)).ids(1)).isEqualTo(at(3, 3));
        assertThat(subscribe(owner(), "from=beginning", "Last-Event-ID: " + at(2))
                        .ids(1))
                .as("a browser repeats its first URL when it resumes")
                .isEqualTo(at(3, 3));
        assertThat(subscribe(owner(), "from=" + at(2)).next()).isEqualTo(new Sent(at(2), null));
    }

    @Test
    void whoIsAheadOfTheLogGetsNothingTwice() {
        happens(happenings.request(created(), renamed("two"), renamed("three")));
        EventStream ahead = subscribe(owner(), "from=" + at(4));
        assertThat(ahead.next()).isEqualTo(new Sent(at(4), null));
        happens(happenings.request(renamed("four"), renamed("five")));

        assertThat(ahead.ids(1)).isEqualTo(at(5, 5));
    }

    @Test
    void wrongPositionsAreRefused() {
        for (String from : List.of("-1", "1.5", "x", "Beginning", "9999999999999999999", "1&from=2")) {
            EventStream refused = subscribe(owner(), "from=" + from);
            assertThat(refused.status()).as(from).isEqualTo(400);
            assertThat(refused.rest()).contains("ERROR_INVALID_PARAMETER", "key = from");
        }
        EventStream refused = subscribe(owner(), "", "Last-Event-ID: beginning");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.rest()).contains("key = Last-Event-ID");
    }

    @Test
    void aParameterThatItDoesNotKnowIsRefused() {
        for (String parameters : List.of("form=beginning", "from=beginning&limit=1", "From=beginning")) {
            EventStream refused = subscribe(owner(), parameters);
            assertThat(refused.status()).as(parameters).isEqualTo(400);
            assertThat(refused.rest()).contains("ERROR_INVALID_PARAMETER", "unknown parameter");
        }
        assertThat(subscribe(owner(), "form=beginning").rest()).contains("key = form");
    }

    @Test
    void itTakesAReaderOfTasksAndAGet() throws IOException, InterruptedException {
        String noTasks = token(DOMAIN, "WORKSPACE_OWNER")
                .workspace(workspace)
                .permissions(List.of("opsflow:TaskType"))
                .build();
        assertThat(subscribe("", "").status()).isEqualTo(401);
        assertThat(subscribe(token(DOMAIN, "USER").build(), "").status()).isEqualTo(403);
        assertThat(subscribe(noTasks, "").status()).isEqualTo(403);
        assertThat(server.post(owner(), "task/subscribe", "{}").status()).isEqualTo(405);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest head = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + server.port() + "/opsflow/task/subscribe"))
                    .header("Authorization", "Bearer " + owner())
                    .HEAD()
                    .build();
            assertThat(client.send(head, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void everybodyGetsTheEventsOfTasksThatTheyMaySee() {
        String elsewhere = newTask();
        String otherProject = newTask();
        List<EventStream> streams = List.of(
                subscribe(owner(), "from=" + at(0)),
                subscribe(member(PROJECT), "from=" + at(0)),
                subscribe(token(DOMAIN, "DOMAIN_ADMIN").build(), "from=" + at(0)),
                subscribe(token(ROOT_DOMAIN, "SYSTEM_ADMIN").build(), "from=" + at(0)),
                subscribe(token(OTHER_DOMAIN, "DOMAIN_ADMIN").build(), "from=" + at(0)));
        happens(
                happenings.one(created()),
                happenings.one(createdIn(newTask(), DOMAIN, "workspace-2", PROJECT, "{}")),
                happenings.one(createdIn(elsewhere, OTHER_DOMAIN, workspace, PROJECT, "{}")),
                happenings.one(new TaskCategoryRenamed(CATEGORY, "no task", NOON)),
                happenings.one(createdIn(otherProject, DOMAIN, workspace, "project-2", "{}")),
                happenings.one(createdIn(newTask(), DOMAIN, workspace, "*", "{}")));
        happens(
                happenings.one(taskRenamed(elsewhere, "x")),
                happenings.one(taskRenamed(otherProject, "y")),
                happenings.one(renamed("z")));

        assertTheySee(streams, List.of(1, 5, 6, 8, 9), List.of(1, 6, 9), List.of(1, 2, 5, 6, 8, 9));
        List<EventStream> later = List.of(
                subscribe(owner(), "from=" + at(0)),
                subscribe(member(PROJECT), "from=" + at(0)),
                subscribe(token(DOMAIN, "DOMAIN_ADMIN").build(), "from=" + at(0)),
                subscribe(token(ROOT_DOMAIN, "SYSTEM_ADMIN").build(), "from=" + at(0)),
                subscribe(token(OTHER_DOMAIN, "DOMAIN_ADMIN").build(), "from=" + at(0)));
        assertTheySee(later, List.of(1, 5, 6, 8, 9), List.of(1, 6, 9), List.of(1, 2, 5, 6, 8, 9));
    }

    private void assertTheySee(
            List<EventStream> streams, List<Integer> owner, List<Integer> member, List<Integer> admin) {
        List<List<Integer>> expected = List.of(owner, member, admin, List.of(1, 2, 3, 5, 6, 7, 8, 9), List.of(3, 7));
        for (int i = 0; i < streams.size(); i++) {
            assertThat(streams.get(i).ids(expected.get(i).size()))
                    .isEqualTo(expected.get(i).stream().map(this::at).toList());
        }
    }

    @Test
    void aMemberSeesATaskWhereItIsNow() {
        EventRecord created = happenings.one(createdIn(task, DOMAIN, workspace, "project-2", "{}"));
        EventRecord moved = happenings.one(new TaskMoved(task, "project-2", PROJECT, NOON));
        happens(created, moved);

        assertThat(subscribe(member(PROJECT), "from=" + at(0)).ids(2)).isEqualTo(at(1, 2));
        EventStream former = subscribe(member("project-2"), "from=" + at(0));
        assertThat(former.next()).isEqualTo(new Sent(at(0), null));
        assertThat(former.next()).as("nothing but the sign of life").isEqualTo(new Sent(at(2), null));
    }

    @Test
    void aGapHoldsBackWhatIsBehindIt() {
        EventRecord first = happenings.one(created());
        EventRecord missing = happenings.one(created(newTask(), "{}"));
        EventRecord third = happenings.one(created(newTask(), "{}"));
        happens(first, third);
        EventStream stream = subscribe(owner(), "from=beginning");
        assertThat(stream.ids(1)).isEqualTo(at(1, 1));
        assertThat(stream.next()).as("it stands before the gap").isEqualTo(new Sent(at(1), null));

        happens(missing);
        assertThat(stream.ids(2)).isEqualTo(at(2, 3));
    }

    @Test
    void signsOfLifeCarryThePosition() {
        EventStream stream = subscribe(owner(), "");
        assertThat(stream.next()).isEqualTo(new Sent(at(0), null));
        happens(happenings.one(createdIn(task, DOMAIN, "workspace-2", PROJECT, "{}")));

        await().atMost(RunningQuerySide.PATIENCE).until(() -> new Sent(at(1), null).equals(stream.next()));
    }

    @Test
    void theEndOfTheTokenEndsTheStream() {
        EventStream stream = subscribe(
                token(DOMAIN, "WORKSPACE_OWNER")
                        .workspace(workspace)
                        .expiresIn(Duration.ofSeconds(4))
                        .build(),
                "");
        Instant before = Instant.now();
        assertThat(stream.status()).isEqualTo(200);
        assertThat(stream.nextEvent()).isNull();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(6));
        await().atMost(RunningQuerySide.PATIENCE).until(() -> ended("expired") == 1);
    }

    @Test
    void beyondTheLimitNobodyIsServedUntilSomebodyLeaves() {
        List<EventStream> streams = IntStream.range(0, 60)
                .mapToObj(i -> subscribe(owner("user-" + i % 10), ""))
                .toList();
        assertRefused(subscribe(owner(), ""), "Too many subscriptions are open; try again later.");

        streams.getFirst().close();
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> subscribe(owner(), "").status() == 200);
        assertThat(ended("gone")).isPositive();
    }

    @Test
    void nobodyTakesMoreThanATenthOfThePlaces() {
        List<EventStream> streams =
                IntStream.range(0, 6).mapToObj(i -> subscribe(owner(), "")).toList();
        assertThat(streams).allSatisfy(stream -> assertThat(stream.status()).isEqualTo(200));
        String often = "You have too many subscriptions open; close some or try again later.";
        assertRefused(subscribe(owner(), ""), often);
        assertRefused(subscribe(member(PROJECT), ""), often);
        assertThat(subscribe(owner("lee@example.com"), "").status()).isEqualTo(200);
        assertThat(subscribe(token(OTHER_DOMAIN, "DOMAIN_ADMIN").build(), "").status())
                .as("of the same name elsewhere")
                .isEqualTo(200);

        streams.getFirst().close();
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> subscribe(owner(), "").status() == 200);
    }

    private static void assertRefused(EventStream stream, String message) {
        assertThat(stream.status()).isEqualTo(503);
        assertThat(stream.head()).contains("Retry-After: ");
        assertThat(stream.rest()).contains("ERROR_UNAVAILABLE", message);
    }

    private double sent() {
        return server.bean(MeterRegistry.class)
                .get("opsflow.subscription.sent")
                .counter()
                .count();
    }

    private double ended(String reason) {
        return server.bean(MeterRegistry.class)
                .get("opsflow.subscription.ended")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private String member(String project) {
        return token(DOMAIN, "WORKSPACE_MEMBER")
                .workspace(workspace)
                .projects(List.of(project))
                .build();
    }
}
