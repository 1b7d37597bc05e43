package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DemoSignInTest {

    private static final String CODE = DemoSignIn.newCode();

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final DemoSignIn door = new DemoSignIn(CODE, Map.of("owner", "a token"), () -> now);

    @Test
    void theCodeOfThisStartGivesTheTokensAsOftenAsItIsAskedFor() {
        assertThat(door.tokens(request(CODE)).tokens()).containsExactly(new DemoSignIn.NamedToken("owner", "a token"));
        assertThat(door.tokens(request(CODE)).tokens()).hasSize(1);
    }

    @Test
    void anotherCodeGivesNothing() {
        assertThatThrownBy(() -> door.tokens(request(DemoSignIn.newCode())))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(403));
    }

    @Test
    void afterTenWrongCodesTheNextOnesWaitForAMinuteAndTheRightOneDoesNot() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> door.tokens(request("guess"))).hasMessageContaining("denied");
        }
        assertThatThrownBy(() -> door.tokens(request("guess")))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(503));
        assertThat(door.tokens(request(CODE)).tokens()).hasSize(1);
        now = now.plusSeconds(61);
        assertThatThrownBy(() -> door.tokens(request("guess"))).hasMessageContaining("denied");
    }

    private static Members request(String code) {
        return Members.of((ObjectNode) Json.mapper().valueToTree(Map.of("code", code)));
    }
}
