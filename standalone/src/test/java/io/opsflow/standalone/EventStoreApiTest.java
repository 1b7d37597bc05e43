package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventStoreApiTest extends ServiceTest {

    private static final String PATH = "/admin/event-store";

    private final ApiClient root =
            as(service().identity().token(Demo.ROOT_DOMAIN).role("SYSTEM_ADMIN").user("root@example.com"));

    @Test
    void anAdminOfTheSystemSeesTheHeadAndTheRelayThatFollowsIt() {
        long before = now().get("head").longValue();
        created(owner, aTask("one more event"));
        await().until(() -> now().get("head").longValue() > before
                && now().get("relay_position").longValue() > before
                && now().get("relay_lag").longValue() >= 0);
        assertThat(now().propertyNames())
                .containsExactly(
                        "head",
                        "relay_position",
                        "relay_lag",
                        "doubt",
                        "verification",
                        "verifying",
                        "verification_failed_at");
        assertThat(now().get("verification_failed_at").isNull()).isTrue();
    }

    @Test
    void aWalkAlongTheChainIsKeptWithWhatItFound() {
        created(owner, aTask("one more event"));
        long head = now().get("head").longValue();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> root.post(PATH + "/verify", Map.of()).status() == 200);
        JsonNode verification = await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> now().get("verification"),
                        found -> found.path("head").asLong(-1) >= head);
        assertThat(verification.get("breaks").longValue()).isZero();
        assertThat(verification.get("first_break").isNull()).isTrue();
        assertThat(verification.get("events")).isEqualTo(verification.get("head"));
        assertThat(verification.get("head_hash").stringValue()).matches("[0-9a-f]{64}");
    }

    @Test
    void nobodyElseDoes() {
        for (ApiClient other : new ApiClient[] {admin(), owner}) {
            denied(other.get(PATH));
            denied(other.post(PATH + "/verify", Map.of()));
        }
    }

    private JsonNode now() {
        return root.get(PATH).body();
    }
}
