package io.opsflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** That it runs, and that both ways answer the same. How long anything takes is nobody's business here. */
class BenchTest {

    @Test
    void everyFigureHasItsMedianAndSpread() throws Exception {
        Report report = Bench.run(2_000, new Comparison(Duration.ZERO, Duration.ZERO, 1), "a commit");

        JsonNode json = Json.parse(report.json().getBytes(StandardCharsets.UTF_8));
        assertThat(json.path("versions").path("opsflow").asString()).isEqualTo("a commit");
        assertThat(json.path("figures").propertyNames())
                .contains("list_first_page_ratio", "stat_count_ratio", "list_deep_page_served", "stat_by_day_by_hand");
        assertThat(json.path("figures").valueStream())
                .allSatisfy(figure ->
                        assertThat(figure.propertyNames()).contains("median", "low", "high", "measurements", "unit"));
        assertThat(report.table()).contains("| list_first_page ", "| stat_two_stages ");
    }
}
