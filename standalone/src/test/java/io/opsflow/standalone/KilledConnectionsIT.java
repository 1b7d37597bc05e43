package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Connections to PostgreSQL break at random while two nodes write together and others read along. */
class KilledConnectionsIT extends TwoNodesTest {

    private static final int SWINGS = 6;
    private static final int HALF = 150;
    private static final int MANY = 40;

    // The pauses between a relay's attempts have grown with its failures; the longest is a minute.
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void everyAcknowledgedCommandIsThereOnceAndNoReaderOfTheTailMissesAnything() throws Exception {
        List<ApiClient> nodes = List.of(owner(0), owner(1));
        List<String> statusIds = category.body().findValuesAsString("status_id");
        try (TailReader reader = new TailReader(connect());
                Burst burst = new Burst(nodes, type, statusIds)) {
            try (ConnectionKiller killer = new ConnectionKiller(connect())) {
                for (int swing = 0; swing < SWINGS || killer.killed() < MANY; swing++) {
                    burst.swing(HALF);
                }
            }
            List<Sent> sent = burst.finish();

            assertThat(sent).as("the killer hit somebody").anyMatch(Sent::isUnknown);
            List<StoredEvent> events = events();
            new EventStoreAudit(events).isWhole().agreesWith(sent);
            assertThat(reader.stopAt(events.size()))
                    .isEqualTo(events.stream()
                            .map(event -> HexFormat.of().formatHex(event.hash()))
                            .toList());
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> TopicAudit.holdsAll(events, Map.of("bootstrap.servers", BROKER.bootstrapServers())));
        }
    }
}
