package io.opsflow.bench.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import io.opsflow.bench.report.Findings;
import io.opsflow.bench.report.Report;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** That it runs, and that both ways answer the same. How long anything takes is nobody's business here. */
class QueryBenchIT {

    @Test
    void everyFigureHasItsMedianAndSpread() throws Exception {
        try (Queries queries = new Queries()) {
            Findings findings = queries.measure(2_000, new Comparison(Duration.ZERO, Duration.ZERO, 1), progress -> {});
            Report report =
                    new Report(queries.environment("a commit"), Instant.EPOCH, Duration.ZERO, List.of(findings));

            JsonNode json = Json.parse(report.json().getBytes(StandardCharsets.UTF_8));
            assertThat(json.path("versions").path("opsflow").asString()).isEqualTo("a commit");
            assertThat(json.path("figures").propertyNames())
                    .contains(
                            "list_first_page_ratio",
                            "stat_count_ratio",
                            "list_deep_page_served",
                            "stat_by_day_by_hand");
            assertThat(json.path("figures").valueStream())
                    .allSatisfy(figure -> assertThat(figure.propertyNames())
                            .contains("median", "low", "high", "measurements", "unit"));
            assertThat(report.table()).contains("| list_first_page ", "| stat_two_stages ");
        }
    }
}
