package io.opsflow.bench.queries;

import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.task.TaskInfo;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether both ways have answered the same. */
final class Agreement {

    private Agreement() {}

    /** The same tasks in the same order, and the same number of all. */
    static boolean ofPages(ListAnswer<TaskInfo> served, List<Map<String, @Nullable Object>> byHand) {
        List<String> ids = served.results().stream().map(TaskInfo::taskId).toList();
        boolean sameTotal = byHand.isEmpty()
                ? served.totalCount() == 0
                : Long.valueOf(served.totalCount()).equals(byHand.getFirst().get("total"));
        return sameTotal
                && ids.equals(byHand.stream().map(row -> row.get("task_id")).toList());
    }

    /** The same rows in any order. */
    static boolean ofRows(StatAnswer served, List<Map<String, @Nullable Object>> byHand) {
        Set<Map<String, String>> rows =
                served.results().stream().map(Agreement::texts).collect(Collectors.toCollection(HashSet::new));
        return served.results().size() == byHand.size()
                && rows.equals(byHand.stream().map(Agreement::texts).collect(Collectors.toSet()));
    }

    private static Map<String, String> texts(JsonNode row) {
        Map<String, String> texts = new TreeMap<>();
        row.properties()
                .forEach(member -> texts.put(
                        member.getKey(),
                        member.getValue().isNumber()
                                ? text(member.getValue().decimalValue())
                                : member.getValue().asString()));
        return texts;
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> row) {
        Map<String, String> texts = new TreeMap<>();
        row.forEach((name, value) -> {
            if (value instanceof Number number) {
                texts.put(name, text(new BigDecimal(number.toString())));
            } else if (value != null) {
                texts.put(name, value.toString());
            }
        });
        return texts;
    }

    private static String text(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
