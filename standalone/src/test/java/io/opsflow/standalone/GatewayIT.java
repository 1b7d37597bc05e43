package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.standalone.Deployment.Work;
import io.opsflow.standalone.openapi.ApiDocument;
import io.opsflow.standalone.openapi.Operation;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real nginx with the gateway's own files, in front of two processes of each side. First it is shown what it does
 * with each request; then one process of each side is killed under load and comes back as the next version, and the other
 * two follow, in order and without anybody noticing.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatewayIT {

    private static final int HALF = 120;
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Map<String, String> OF_QUERY_SIDE =
            Map.of("OPSFLOW_SUBSCRIPTION_HEARTBEAT", "1s", "OPSFLOW_CONSISTENCY_LIMIT", "20s");

    /** It takes a second or two; from ten seconds on somebody was taken for dead. Between is room for a busy machine. */
    private static final Duration HANDED_OVER = Duration.ofSeconds(8);

    private static Deployment servers;
    private static Nginx gateway;
    private static Work work;
    private static Follower follower;
    private static NextVersion next;
    private static List<Sent> sentUnderKills;

    private static final int SOME_FOR_PEOPLE = 20;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        Installed.assume("nginx", Nginx.isInstalled());
        next = new NextVersion(directory);
        servers = Deployment.start(directory, 2, OF_QUERY_SIDE);
        gateway = Nginx.start(directory, servers);
        work = servers.prepareWork();
    }

    @AfterAll
    static void stop() throws IOException {
        if (servers != null) {
            if (follower != null) {
                follower.close();
            }
            gateway.close();
            servers.close();
        }
    }

    /** Whoever does not serve a path says so: that would be an answer that is not described. */
    @Test
    @Order(1)
    void everyPathOfTheApiReachesTheSideThatServesIt() {
        ApiClient published = gateway.as(servers.owner());
        for (Operation operation : ApiDocument.published().operations()) {
            String path =
                    operation.path().replaceFirst("/subscribe$", "/subscribe?from=nonsense"); // else it would not end
            if (!path.startsWith("/actuator/")) {
                for (String either : new TreeSet<>(List.of(path, path.replace("/opsflow/v1/", "/opsflow/")))) {
                    var answer = operation.method().equals("POST")
                            ? published.post(either, Map.of())
                            : published.get(either);
                    assertThat(answer.message()).as(either).isNotEqualTo("There is nothing at this path.");
                    assertThat(answer.header("X-Request-Id")).as(either).isNotEmpty();
                }
            }
        }
        assertThat(published.get("/v3/api-docs").response().body())
                .isEqualTo(ApiDocument.published().json().toString());
        assertThat(published.get("/swagger-ui/index.html").status()).isEqualTo(200);
    }

    @Test
    @Order(1)
    void theDatabaseOfTheFileTakesTheConnectionsOfTwoOfEachSide() throws SQLException {
        try (Connection connection = servers.connect("postgres");
                Statement statement = connection.createStatement()) {
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                try (ResultSet row = statement.executeQuery(
                        "select count(*) from pg_stat_activity where backend_type = 'client backend'")) {
                    row.next();
                    assertThat(row.getInt(1))
                            .as("pools fill by themselves")
                            .isBetween(100, ComposeFile.connections() - SOME_FOR_PEOPLE);
                }
            });
        }
    }

    @Test
    @Order(1)
    void thePageComesWithItsFiles() {
        ApiClient anyone = new ApiClient(gateway.address(), null);
        Matcher script = Pattern.compile("src=\"/?([^\"]+\\.js)\"")
                .matcher(anyone.get("/").response().body());
        assertThat(script.find()).isTrue();
        assertThat(anyone.get("/" + script.group(1)).status()).isEqualTo(200);
        assertThat(anyone.get("/console/nothing.js").status()).isEqualTo(404);
        assertThat(anyone.get("/console/another-version/app.js").status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void whatIsRefusedOnTheWayIsToldInTheFormOfTheApi() throws Exception {
        for (String path : List.of(
                "/actuator/health",
                "/opsflow/../actuator/health",
                "/opsflow/%2e%2e/actuator/health",
                "/opsflow/..;/actuator/health",
                "/gateway/refused",
                "/nothing")) {
            assertThat(gateway.refusal("GET " + path + " HTTP/1.1")).as(path).isIn(400, 404);
        }
        assertThat(gateway.refusal("GET /%zz HTTP/1.1")).isEqualTo(400);
        assertThat(gateway.refusal("NONSENSE")).isEqualTo(400);
        assertThat(gateway.refusal("GET / HTTP/9.1")).isEqualTo(400);
        assertThat(gateway.refusal("TRACE /check HTTP/1.1")).isEqualTo(405);
        assertThat(gateway.refusal("GET /opsflow/v1/task/create HTTP/1.1")).isIn(401, 405);
        assertThat(gateway.refusal("GET /" + "a".repeat(40_000) + " HTTP/1.1")).isEqualTo(414);
        assertThat(gateway.refusal("GET /check HTTP/1.1\r\nX-Large: " + "a".repeat(40_000)))
                .isEqualTo(400);
    }

    @Test
    @Order(3)
    void aBodyOverTheLimitIsRefusedWithTheServicesOwnWords() {
        String path = "/opsflow/v1/task/create";
        String little = "x".repeat(1024 * 1024 + 1);
        var direct = servers.commandSide().as(servers.owner()).post(path, little);

        assertThat(direct.status()).isEqualTo(413);
        for (String body : List.of(little, "x".repeat(3 * 1024 * 1024))) {
            var answer = gateway.as(servers.owner()).post(path, body, Map.of("X-Request-Id", "large-1"));
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo(direct.body());
            assertThat(answer.header("X-Request-Id")).isEqualTo("large-1");
        }
    }

    @Test
    @Order(4)
    void aListIsCompressedAndATaskKeepsItsETag() throws Exception {
        ApiClient owner = gateway.as(servers.owner());
        owner.task("create", aTask("Disk full"));
        owner.task("create", aTask("Disk full again"));
        var created = owner.task("create", aTask("Disk full for ever"));
        Map<String, String> headers =
                Map.of("Accept-Encoding", "gzip", "Opsflow-Consistent-With", created.header("Opsflow-Consistent-With"));

        var task = owner.task("get", Map.of("task_id", created.text("task_id")), headers);
        assertThat(task.body()).isEqualTo(created.body());
        assertThat(task.header("ETag")).isEqualTo("\"0\"");

        HttpResponse<Void> list = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(owner.uri("/opsflow/v1/task/list"))
                                .header("Authorization", "Bearer " + owner.token())
                                .header("Content-Type", "application/json")
                                .header("Accept-Encoding", "gzip")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        assertThat(list.headers().firstValue("Content-Encoding")).hasValue("gzip");
    }

    @Test
    @Order(5)
    void anEventArrivesWhileTheStreamStaysOpenAndSoDoSignsOfLife() {
        follower = new Follower(gateway.as(servers.owner()), "");
        await().atMost(SOON).until(() -> follower.signsOfLife() > 0);

        var created = gateway.as(servers.owner()).task("create", aTask("Fan is loud"));

        await().atMost(SOON).until(() -> follower.events().size() == 1);
        assertThat(follower.events().getFirst().cloudEvent().get("subject").stringValue())
                .isEqualTo(created.text("task_id"));
        int signs = follower.signsOfLife();
        await().atMost(SOON).until(() -> follower.signsOfLife() > signs + 1);
        assertThat(follower.streams()).isEqualTo(1);
    }

    @Test
    @Order(6)
    void aProcessOfEachSideThatIsKilledCostsAtMostTheRequestsItWasWorkingOn() throws Exception {
        Side commandSide = servers.commandSides().getFirst();
        Side querySide = servers.querySides().getFirst();
        ApiClient owner = gateway.as(servers.owner());
        try (Burst burst = new Burst(List.of(owner), work.taskTypeId(), work.statusIds(), true);
                Traffic lists = Traffic.ofLists(owner)) {
            burst.swing(HALF);
            querySide.kill();
            lists.awaitRounds(50);
            commandSide.kill();
            burst.swing(HALF);
            sentUnderKills = burst.finish();

            // A list can be sent again, unless its answer has begun to arrive.
            assertThat(lists.problems()).hasSizeLessThanOrEqualTo(1);
        }
        List<Integer> lost = sentUnderKills.stream()
                .filter(sent -> !sent.isAcknowledged())
                .map(sent -> Burst.connection(sent.marker()))
                .toList();
        assertThat(lost).as("one at a time on a connection, none with a key").doesNotHaveDuplicates();
        assertThat(lost).noneMatch(Burst::hasKey);

        commandSide.restart(next.jar("command-side"));
        querySide.restart(next.jar("query-side"));
        commandSide.awaitReady();
        querySide.awaitReady();
    }

    @Test
    @Order(7)
    void aNewVersionComesWhileTheOldOneServesAndNobodyNotices() throws Exception {
        Side oldCommandSide = servers.commandSides().getLast();
        Side oldQuerySide = servers.querySides().getLast();
        try (Follower ofTheOldVersion = new Follower(oldQuerySide.as(servers.owner()), "beginning");
                Traffic traffic =
                        Traffic.ofRoundTrips(gateway.as(servers.owner()), work.taskTypeId(), work.statusIds());
                Traffic direct =
                        Traffic.ofWrites(oldCommandSide.as(servers.owner()), work.taskTypeId(), work.statusIds())) {
            traffic.awaitRounds(20);
            await("events of the next version, as they are")
                    .atMost(SOON)
                    .until(() -> ofTheOldVersion.events().stream().anyMatch(GatewayIT::isOfTheNextVersion));

            traffic.longestRead();
            assertThat(oldCommandSide.terminate(STOP)).isIn(0, 143);
            traffic.awaitRounds(20);
            assertThat(traffic.longestRead())
                    .as("until another node's relay goes on")
                    .isLessThan(HANDED_OVER);
            assertThat(oldQuerySide.terminate(STOP)).isIn(0, 143);
            traffic.awaitRounds(20);
            assertThat(traffic.longestRead())
                    .as("until another process has the partitions")
                    .isLessThan(HANDED_OVER);
            oldCommandSide.restart(next.jar("command-side"));
            oldQuerySide.restart(next.jar("query-side"));
            oldCommandSide.awaitReady();
            oldQuerySide.awaitReady();
            traffic.awaitRounds(20);

            assertThat(traffic.problems()).isEmpty();
            assertThat(direct.problems()).isEmpty();
            assertThat(direct.refused()).isEqualTo(Traffic.CLIENTS);
        }
    }

    @Test
    @Order(8)
    void afterwardsEverythingIsThereOnceAndInOrder() throws Exception {
        List<StoredEvent> events = StoredEvent.all(
                servers.database().jdbcUrl("event_store"),
                servers.database().user(),
                servers.database().password());
        EventStoreAudit store = new EventStoreAudit(events).isWhole();
        store.agreesWith(sentUnderKills);
        ReadModelAudit readModel = new ReadModelAudit(() -> servers.connect("read_model"));
        readModel.await(events);
        TopicAudit.holdsAll(events, Map.of("bootstrap.servers", servers.broker().bootstrapServers()));
        readModel.tells(store.tasks(), gateway.as(servers.owner()));

        List<Long> indexes = events.stream()
                .filter(event -> event.aggregateType().equals("task"))
                .map(StoredEvent::globalIndex)
                .filter(index -> index >= follower.events().getFirst().id())
                .toList();
        await("every event, once and in order, over all streams")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(follower.events())
                        .extracting(Follower.Event::id)
                        .isEqualTo(indexes));
        assertThat(follower.events()).anyMatch(event -> !isOfTheNextVersion(event));

        // The old version wrote it, and the next one decides about it.
        String id = follower.events().getFirst().cloudEvent().get("subject").stringValue();
        assertThat(gateway.as(servers.owner())
                        .task("update", Map.of("task_id", id, "name", "still here"))
                        .status())
                .isEqualTo(200);
    }

    private static boolean isOfTheNextVersion(Follower.Event event) {
        return event.cloudEvent().at("/data/" + NextVersion.MEMBER).asString("").equals(NextVersion.VALUE);
    }

    private static Map<String, String> aTask(String name) {
        return Map.of(
                "name",
                name,
                "status_id",
                work.statusIds().getFirst(),
                "project_id",
                "project-1",
                "task_type_id",
                work.taskTypeId());
    }
}
