package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Named;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The conformance set: its tasks, its requests, and whether an answer is the right one. */
public final class Conformance {

    private static final Path FOLDER = Path.of("../../shared/conformance");
    private static final double TOLERANCE = 1e-9;

    private Conformance() {}

    /** One request and what a right service answers. */
    public record Case(String name, String method, JsonNode request, JsonNode expect) {

        /** @param answer the whole answer as it went over the wire */
        public void check(JsonNode answer) {
            if (method.equals("list")) {
                checkList(answer);
            } else {
                checkStat(answer);
            }
            if (expect.has("total_count")) {
                assertThat(answer.get("total_count").asLong())
                        .as("total_count")
                        .isEqualTo(expect.get("total_count").asLong());
            }
        }

        private void checkList(JsonNode answer) {
            List<String> ids = texts(answer.get("results")
                    .valueStream()
                    .map(row -> row.get("task_id"))
                    .toList());
            List<String> expected = texts(expect.get("task_ids").valueStream().toList());
            if (expect.get("ordered").booleanValue()) {
                assertThat(ids).containsExactlyElementsOf(expected);
            } else {
                assertThat(ids).containsExactlyInAnyOrderElementsOf(expected);
            }
        }

        private void checkStat(JsonNode answer) {
            List<String> rows = rows(answer.get("results"));
            List<String> expected = rows(expect.get("results"));
            if (isOrdered()) {
                assertThat(rows).containsExactlyElementsOf(expected);
            } else {
                assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
            }
        }

        private boolean isOrdered() {
            JsonNode stages = request.path("query").path("aggregate");
            return stages.isEmpty()
                    || stages.valueStream()
                            .skip(stages.size() - 1L)
                            .anyMatch(stage -> stage.has("sort") || stage.has("limit") || stage.has("project"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    public static ArrayNode tasks() {
        return (ArrayNode) read("tasks.json");
    }

    /** All cases, named for a parameterized test. */
    public static List<Named<Case>> cases() {
        return read("cases.json")
                .valueStream()
                .map(node -> new Case(
                        node.get("name").stringValue(),
                        node.get("method").stringValue(),
                        node.get("request"),
                        node.get("expect")))
                .map(example -> Named.of(example.name(), example))
                .toList();
    }

    private static JsonNode read(String file) {
        try {
            return Json.parse(Files.readAllBytes(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(List<JsonNode> nodes) {
        return nodes.stream().map(JsonNode::stringValue).toList();
    }

    private static List<String> rows(JsonNode results) {
        return results.valueStream().map(Conformance::canonical).toList();
    }

    /** The same text for what counts as the same: members in any order, numbers by their value. */
    private static String canonical(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT ->
                node.properties().stream()
                        .collect(Collectors.toMap(
                                member -> member.getKey(),
                                member -> canonical(member.getValue()),
                                (a, b) -> b,
                                TreeMap::new))
                        .toString();
            case ARRAY ->
                node.valueStream().map(Conformance::canonical).toList().toString();
            case NUMBER -> "#" + rounded(node.decimalValue());
            default -> node.toString();
        };
    }

    private static String rounded(BigDecimal number) {
        double value = number.doubleValue();
        double unit = Math.pow(10, Math.ceil(Math.log10(Math.max(Math.abs(value), Double.MIN_NORMAL)))) * TOLERANCE;
        return value == 0 ? "0" : "%.9e".formatted(Math.round(value / unit) * unit);
    }
}
