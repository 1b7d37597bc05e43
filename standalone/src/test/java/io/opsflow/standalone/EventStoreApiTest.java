package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class EventStoreApiTest extends ServiceTest {

    private static final String PATH = "/admin/event-store";

    @Test
    void anAdminOfTheSystemSeesTheHeadAndTheRelayThatFollowsIt() {
        ApiClient root = as(service()
                .identity()
                .token(Demo.ROOT_DOMAIN)
                .role("SYSTEM_ADMIN")
                .user("root@example.com"));
        long before = root.get(PATH).body().get("head").longValue();
        created(owner, aTask("one more event"));
        await().until(() -> {
            var now = root.get(PATH).body();
            return now.get("head").longValue() > before
                    && now.get("relay_position").longValue() > before
                    && now.get("relay_lag").longValue() >= 0;
        });
        assertThat(root.get(PATH).body().propertyNames()).containsExactly("head", "relay_position", "relay_lag");
    }

    @Test
    void nobodyElseDoes() {
        denied(admin().get(PATH));
        denied(owner.get(PATH));
    }
}
