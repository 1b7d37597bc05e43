package io.opsflow.queryside.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistentWithTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task-00000000000a@1,category-00000000000b@0,task-type-00000000000c@12",
                " task-00000000000a@1 , category-00000000000b@0\t, task-type-00000000000c@12 ",
                "\"task-00000000000a@1\", \"category-00000000000b@0\", \"task-type-00000000000c@12\"",
                "\"task-00000000000a@1,category-00000000000b@0, task-type-00000000000c@12\"",
                "\"task-00000000000a@1,category-00000000000b@0\",task-type-00000000000c@12",
                "task-00000000000a@1|category-00000000000b@0|task-type-00000000000c@12",
                "\"task-00000000000a@1\"|\"category-00000000000b@0,task-type-00000000000c@12\"",
            })
    void changesStandInOneListHoweverItIsQuotedAndHoweverManyLinesItHas(String lines) {
        assertThat(with(lines.split("\\|")).versions())
                .isEqualTo(Map.of("task-00000000000a", 1L, "category-00000000000b", 0L, "task-type-00000000000c", 12L));
    }

    @Test
    void withoutTheHeaderThereIsNothingToWaitFor() {
        assertThat(with().versions()).isEmpty();
    }

    @Test
    void ofTwoVersionsOfOneThingTheLaterCounts() {
        assertThat(with("task-00000000000a@3, task-00000000000a@2").versions())
                .isEqualTo(Map.of("task-00000000000a", 3L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "\"",
                "\"\"",
                "task-00000000000a",
                "task-00000000000a@",
                "task-00000000000a@-1",
                "task-00000000000a@01",
                "task-00000000000a@1.0",
                "task-00000000000a@1234567890123456789",
                "task-00000000000A@1",
                "event-00000000000a@1",
                "task-00000000000a@1,",
                "task-00000000000a@1,,task-00000000000b@1",
                "\"task-00000000000a@1",
                "task-00000000000a@1\"",
                "\"task-00000000000a@1,\"task-00000000000b@1\"",
                "\"\"task-00000000000a@1\"\"",
                "task-00000000000a@1 task-00000000000b@1",
            })
    void anythingElseIsRefused(String header) {
        refused(with(header));
    }

    @Test
    void thereAreAtMostAHundred() {
        assertThat(with(many(100)).versions()).hasSize(100);
        refused(with(many(101)));
        refused(with(many(60), many(60)));
    }

    private static String many(int number) {
        return IntStream.range(0, number).mapToObj("task-%012x@0"::formatted).collect(Collectors.joining(","));
    }

    private static ConsistentWith with(String... lines) {
        return new ConsistentWith(List.copyOf(Arrays.asList(lines)));
    }

    private static void refused(ConsistentWith header) {
        assertThatThrownBy(header::versions)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ERROR_INVALID_PARAMETER))
                .hasMessageContaining("key = Opsflow-Consistent-With");
    }
}
