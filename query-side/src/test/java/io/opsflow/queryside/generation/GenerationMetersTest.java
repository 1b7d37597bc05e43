package io.opsflow.queryside.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.generation.BuildProgress.Phase;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GenerationMetersTest {

    private final ReadModelConnections connections =
            new ReadModelConnections(new ReadModelSettings(Servers.newReadModel(), null, null, null, 1));
    private final MeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void theyTellOfARebuildFromWhenItIsAskedFor() throws Exception {
        Layout layout = Layout.current();
        try (LayoutClaim claim = new LayoutClaim(connections, layout)) {
            Generations generations = new Generations(connections, layout, claim);
            GenerationMeters told = new GenerationMeters(generations);
            told.bindTo(meters);
            assertThat(gauge("opsflow.readmodel.live")).isEqualTo(1);
            assertThat(gauge("opsflow.rebuild.phase")).isZero();
            assertThat(gauge("opsflow.rebuild.silence")).isZero();

            generations.request("admin-1");
            await().untilAsserted(() -> assertThat(gauge("opsflow.rebuild.phase"))
                    .as("nobody has begun")
                    .isEqualTo(1));
            await().untilAsserted(
                            () -> assertThat(gauge("opsflow.rebuild.silence")).isPositive());

            Generation building = generations.building().orElseThrow();
            generations.report(building, new BuildProgress(Phase.INDEXING, 5, 10, 2.0, Instant.now()));
            await().untilAsserted(
                            () -> assertThat(gauge("opsflow.rebuild.phase")).isEqualTo(3));
            assertThat(gauge("opsflow.rebuild.events")).isEqualTo(5);
            assertThat(gauge("opsflow.rebuild.topic.events")).isEqualTo(10);
        }
    }

    private double gauge(String name) {
        return meters.get(name).gauge().value();
    }
}
