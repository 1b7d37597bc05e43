package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.standalone.openapi.ApiDocument;
import io.opsflow.standalone.openapi.Fuzz;
import io.opsflow.standalone.openapi.FuzzTokens;
import io.opsflow.standalone.openapi.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is sent, the service answers as it is described, and lives on. {@code ops/fuzz} sends more; how much and from
 * which seed is told by the system properties {@code fuzz.requests} and {@code fuzz.seed}.
 */
class FuzzTest extends ServiceTest {

    private static final Logger log = LoggerFactory.getLogger(FuzzTest.class);

    /** The same requests in each build, so that one that passed does not fail without a change; ops/fuzz sends others. */
    private static final long SEED = 22_188_134_349_810L;

    private final int requests = Integer.getInteger("fuzz.requests", 20_000);
    private final long seed = Long.getLong("fuzz.seed", SEED);

    @Test
    void whateverIsSentIsAnsweredAsItIsDescribed() {
        String domain = Demo.OTHER_DOMAIN;
        var admin = service().identity().token(domain).role("DOMAIN_ADMIN").user("admin@example.org");
        String category = as(admin)
                .post("/opsflow/v1/task-category/create", Map.of("name", "Fuzz", "status_options", statuses()))
                .text("category_id");
        String type = as(admin)
                .post("/opsflow/v1/task-type/create", Map.of("name", "Fuzz", "category_id", category))
                .text("task_type_id");
        var root = service()
                .identity()
                .token(Demo.ROOT_DOMAIN)
                .role("SYSTEM_ADMIN")
                .user("root");
        FuzzTokens tokens = new FuzzTokens(
                root.build(),
                admin.build(),
                inWorkspace("WORKSPACE_OWNER", workspace),
                inWorkspace("WORKSPACE_MEMBER", workspace),
                inWorkspace("WORKSPACE_OWNER", id("workspace")));

        LogWatch.forbid(Fuzz.KEY);
        Fuzz fuzz = new Fuzz(URI.create(service().address()), tokens, domain, category, type);
        long parkedBefore = parked(as(root));
        List<String> findings = fuzz.run(requests, seed);

        String table = fuzz.answers().entrySet().stream()
                .map(each -> "%-50s %s".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
        log.info("{} requests from seed {}, answered 2xx, 3xx, 4xx, 5xx:\n{}", requests, seed, table);
        assertThat(findings).as("--requests %d --seed %d", requests, seed).isEmpty();
        assertThat(fuzz.kinds())
                .allSatisfy((kind, count) -> assertThat(count).as(kind).isPositive());
        assertThat(fuzz.limitsNamed()).isPositive();
        assertThat(parked(as(root))).as("what has been accepted can be applied").isEqualTo(parkedBefore);
        assertThat(ApiDocument.published().operations())
                .filteredOn(FuzzTest::canSucceed)
                .as(table)
                .allSatisfy(operation -> assertThat(fuzz.answers().get(operation.toString()))
                        .satisfies(counts -> assertThat(counts.get(0)).isPositive())
                        .satisfies(counts -> assertThat(counts.get(2)).isPositive()));
    }

    /** Once the feed has come to the end of the topic. */
    private static long parked(ApiClient systemAdmin) {
        JsonNode feed = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> systemAdmin.get("/admin/feed").body(), FuzzTest::hasCaughtUp);
        return feed.get("parked_count").longValue();
    }

    private static boolean hasCaughtUp(JsonNode feed) {
        return feed.get("partitions")
                .valueStream()
                .allMatch(partition -> partition.path("lag").asLong(1) == 0);
    }

    /** Nothing is parked here, and so nothing to be tried again. */
    private static boolean canSucceed(Operation operation) {
        return operation.requests().keySet().stream()
                .flatMap(example -> operation.promise(example).stream())
                .anyMatch(promise -> promise.status() == 200);
    }

    private String inWorkspace(String role, String workspace) {
        return service()
                .identity()
                .token(Demo.OTHER_DOMAIN)
                .role(role)
                .workspace(workspace)
                .user("owner@example.org")
                .build();
    }

    private static Map<String, Object> statuses() {
        return Map.of(
                "TODO", List.of(Map.of("name", "To Do", "status_id", Demo.TODO)),
                "IN_PROGRESS", List.of(Map.of("name", "In Progress", "status_id", Demo.IN_PROGRESS)),
                "COMPLETED", List.of(Map.of("name", "Done", "status_id", Demo.DONE)));
    }
}
