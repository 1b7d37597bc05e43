package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ChainVerificationTest extends StoreTest {

    private static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");

    @Test
    void aWalkThatFailsIsToldUntilTheNextOne() {
        store.appendEvents(renamed("task-1", 0));
        try (ChainVerification chain = new ChainVerification(settings, sql, Clock.fixed(NOW, ZoneOffset.UTC))) {
            sql.execute("alter table domain_event rename to hidden");
            assertThat(chain.start()).isTrue();
            await().until(() -> chain.walked() == null);
            assertThat(chain.failedAt()).isEqualTo(NOW);
            assertThat(chain.last()).isEmpty();

            sql.execute("alter table hidden rename to domain_event");
            assertThat(chain.start()).isTrue();
            await().until(() -> chain.walked() == null);
            assertThat(chain.failedAt()).isNull();
            assertThat(chain.last().orElseThrow().chain().events()).isEqualTo(1);
        }
    }
}
