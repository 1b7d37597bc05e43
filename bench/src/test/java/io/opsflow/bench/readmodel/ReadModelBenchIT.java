package io.opsflow.bench.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Findings;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** That it runs, and that what is built is whole. How long anything takes is nobody's business here. */
class ReadModelBenchIT {

    private static final ReadModelEffort QUICK = new ReadModelEffort(
            1,
            Duration.ofSeconds(2),
            3,
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            1,
            100,
            Duration.ofSeconds(2),
            1);

    @Test
    void theReadModelIsRebuiltAndWritesAreSeen() throws Exception {
        try (ReadModelBench bench = new ReadModelBench(progress -> {})) {
            Findings findings = bench.measure(QUICK, 3_200, OptionalDouble.empty());

            assertThat(findings.figures())
                    .extracting(Figure::name)
                    .contains(
                            "rebuild_events_per_s",
                            "rebuild_in_all",
                            "visible_p50_ms",
                            "visible_p99_ms",
                            "visible_p99_9_ms",
                            "visible_writes_p99",
                            "visible_reads_per_s",
                            "together_commands_per_s",
                            "together_visible_p99_ms",
                            "together_visible_writes_p99");
            assertThat(findings.figures())
                    .allSatisfy(figure -> assertThat(figure.spread().low()).isPositive());
            assertThat(findings.sizes()).containsEntry("rebuilt_events", 3_200).containsEntry("rebuilt_tasks", 800);
            assertThat(bench.environment("a commit").versions().get("postgresql_settings"))
                    .contains("fsync = on", "synchronous_commit = on");
        }
    }
}
