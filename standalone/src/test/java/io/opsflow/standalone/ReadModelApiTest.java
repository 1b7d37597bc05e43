package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReadModelApiTest extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ApiClient system =
            as(service().identity().token(Demo.ROOT_DOMAIN).role("SYSTEM_ADMIN").user("root@example.com"));

    @Test
    void onlyAdminsOfTheSystemLookAfterTheReadModel() {
        for (ApiClient other : new ApiClient[] {owner, admin()}) {
            denied(other.get("/admin/feed"));
            denied(other.get("/admin/read-model"));
            denied(other.post("/admin/read-model/rebuild", ""));
            denied(other.post("/admin/feed/retry", Map.of("aggregate_id", "task-000000000001")));
        }
        ApiClient nobody = new ApiClient(service().address(), null);
        assertThat(nobody.get("/admin/feed").status()).isEqualTo(401);
        assertThat(nobody.get("/admin/read-model").status()).isEqualTo(401);
    }

    @Test
    void theFeedTellsItsPartitionsAndThatNothingIsParked() {
        created(owner, aTask("for the feed"));

        JsonNode feed = system.get("/admin/feed").body();

        assertThat(feed.get("topic").stringValue()).isEqualTo("opsflow.events");
        assertThat(feed.get("partitions")).hasSize(12).allSatisfy(partition -> {
            assertThat(partition.get("end_offset").longValue())
                    .isGreaterThanOrEqualTo(partition.get("next_offset").longValue());
            assertThat(partition.get("lag").asLong(-1))
                    .isEqualTo(partition.get("end_offset").longValue()
                            - partition.get("next_offset").longValue());
        });
        assertThat(feed.get("parked_count").longValue()).isZero();
        assertThat(feed.get("parked")).isEmpty();
        notFound(
                system.post("/admin/feed/retry", Map.of("aggregate_id", "task-000000000001")),
                "aggregate_id",
                "task-000000000001");
        required(system.post("/admin/feed/retry", "{}"), "aggregate_id");
    }

    @Test
    void aRebuildIsAskedForOnceAndReadWhenItIsDone() {
        ApiClient.Answer task = created(owner, aTask("before the rebuild"));
        awaitNoRebuild();
        long first = live();

        ApiClient.Answer asked = system.post("/admin/read-model/rebuild", "");
        ApiClient.Answer again = system.post("/admin/read-model/rebuild", "");

        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body().at("/rebuild/requested_by").stringValue()).isEqualTo("root@example.com");
        assertThat(asked.body().at("/live/generation").longValue()).isEqualTo(first);
        refused(again, 409, "ERROR_CONFLICT", "A rebuild of the read model is under way already.");
        await().atMost(PATIENCE).until(() -> live() > first);
        assertThat(system.get("/admin/read-model").body().get("rebuild").isNull())
                .isTrue();
        assertThat(owner.task("get", Map.of("task_id", task.text("task_id"))).body())
                .isEqualTo(task.body());
        created(owner, aTask("after the rebuild"));
    }

    private long live() {
        return system.get("/admin/read-model").body().at("/live/generation").longValue();
    }
}
