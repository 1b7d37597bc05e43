package io.opsflow.bench.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Findings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That every way does its commands. How long anything takes is nobody's business here. */
class CommandBenchIT {

    private static final Effort QUICK = new Effort(Duration.ofSeconds(1), 3, Duration.ofSeconds(2), 1, 100, 300);

    @TempDir
    Path directory;

    @Test
    void everyWayIsMeasuredAndTheProfileSaysWhereTheTimeGoes() throws Exception {
        try (CommandBench bench = new CommandBench(directory, progress -> {})) {
            Findings findings = bench.measure(QUICK, true);

            assertThat(findings.figures())
                    .extracting(Figure::name)
                    .contains(
                            "commands_in_process_ratio",
                            "commands_http_ratio",
                            "commands_vs_stock_jpa",
                            "commands_in_process_p99_9",
                            "commands_http_p99_9",
                            "commands_allocated",
                            "commands_growth_ratio");
            assertThat(findings.figures())
                    .filteredOn(figure -> figure.name().endsWith("_per_s"))
                    .hasSize(6)
                    .allSatisfy(figure -> assertThat(figure.spread().low()).isPositive());
            assertThat(bench.environment("a commit").versions().get("postgresql_settings"))
                    .contains("fsync = on", "synchronous_commit = on");
        }
        for (String profile : new String[] {"profile-in-process.txt", "profile-http.txt"}) {
            assertThat(Files.readString(directory.resolve(profile)))
                    .contains("PostgreSQL", "Samples by thread", "Allocated bytes by class");
        }
    }
}
