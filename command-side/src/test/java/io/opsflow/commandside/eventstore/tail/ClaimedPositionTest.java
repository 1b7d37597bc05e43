package io.opsflow.commandside.eventstore.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.commandside.eventstore.StoreTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClaimedPositionTest extends StoreTest {

    private static final String RELAY = "relay:opsflow.events";

    @Test
    void whatWasKilledWhileItsClockWasAheadIsWaitedForAsAnyOther() {
        ClaimedPosition.claim(settings, RELAY, 7).orElseThrow().close();
        sql.update(
                "update token_entry set owner = 'killed', timestamp = ?",
                Instant.now().plus(Duration.ofHours(9)).toString());

        try (ClaimedPosition position =
                ClaimedPosition.claim(settings, RELAY, 0).orElseThrow()) {
            assertThat(position.index()).isEqualTo(7);
        }
    }
}
