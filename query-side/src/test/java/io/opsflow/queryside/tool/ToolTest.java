package io.opsflow.queryside.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.web.tool.Tools;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of the tools' tests. */
abstract class ToolTest {

    /** What a tool said and how it ended. */
    record Result(int code, List<String> out, List<String> err) {}

    /** The read model's database. */
    abstract String url();

    Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    Result run(Map<String, Object> settings, String... arguments) {
        Map<String, Object> all = new HashMap<>(Map.of("opsflow.read-model.url", url()));
        all.putAll(settings);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Tools.of(QuerySideTools.ALL)
                .run(
                        List.of(arguments),
                        all,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Result(code, lines(out), lines(err));
    }

    static void assertRefused(Result result, String sentence) {
        assertThat(result.err()).containsExactly(sentence);
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(2);
    }

    static void assertDone(Result result) {
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
