package io.opsflow.standalone.openapi;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values of the headers that the description names: good ones, ones at their limits, and others. */
final class HeaderValues {

    /** A key that many requests carry. */
    static final String KEY = "one-for-all";

    private final Random random;

    HeaderValues(Random random) {
        this.random = random;
    }

    String of(String name, String example) {
        return switch (random.nextInt(4)) {
            case 0 -> example;
            case 1 -> Vocabulary.any(WordLists.named("header_values"), random);
            default -> fitting(name, example);
        };
    }

    private String fitting(String name, String example) {
        return switch (name) {
            case "Idempotency-Key" ->
                Vocabulary.any(
                        List.of(
                                UUID.randomUUID().toString(),
                                KEY,
                                "k".repeat(254),
                                "k".repeat(255),
                                "k".repeat(256),
                                " a b "),
                        random);
            case "If-Match" ->
                Vocabulary.any(
                        List.of(
                                "\"0\"",
                                "\"1\"",
                                "\"0\", \"1\", \"2\"",
                                "W/\"0\"",
                                "\"00\"",
                                "\"999999999999999999\"",
                                "\"9999999999999999999\"",
                                "\"x\"",
                                "1",
                                "\"a b\"",
                                many("\"%d\"", 1_000)),
                        random);
            case "X-Request-Id" ->
                Vocabulary.any(List.of("a".repeat(63), "a".repeat(64), "a".repeat(65), "a b", "../x"), random);
            case "Opsflow-Consistent-With" -> consistentWith(example);
            default ->
                Vocabulary.any(List.of("1", "999999999999999999", "9999999999999999999", "-1", "beginning"), random);
        };
    }

    /** What never comes is waited for for five seconds: that is asked for once in a while only. */
    private String consistentWith(String example) {
        if (random.nextInt(60) == 0) {
            return "task-ffffffffffff@0";
        }
        return Vocabulary.any(
                List.of(
                        "\"task-0123@0\"",
                        "task-000000000001@-1",
                        "task-000000000001@1.5",
                        "task-000000000001",
                        "@0",
                        "status-000000000001@0",
                        "task-000000000001@99999999999999999999",
                        example + ",",
                        "\"" + example,
                        many("category-%012x@x", 100),
                        many("x%d@0", 101)),
                random);
    }

    private static String many(String form, int count) {
        return IntStream.range(0, count).mapToObj(form::formatted).collect(Collectors.joining(","));
    }
}
