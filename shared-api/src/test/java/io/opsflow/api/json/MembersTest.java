package io.opsflow.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.error.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {

    private enum Size {
        BIG,
        SMALL
    }

    @ParameterizedTest
    @CsvSource({
        "task_type_id, taskTypeId",
        "filter_or, filterOr",
        "name, name",
        "status_id, statusId",
        "include_deleted, includeDeleted"
    })
    void bothSpellingsAreUnderstood(String snakeCase, String camelCase) {
        for (String spelling : List.of(snakeCase, camelCase)) {
            Members members = members("{\"" + spelling + "\": \"x\"}");
            assertThat(members.text(snakeCase, 10)).isEqualTo("x");
            members.end();
        }
    }

    @Test
    void onlyOneSpellingAtOnce() {
        assertInvalid(
                () -> members("{\"task_id\": \"a\", \"taskId\": \"a\"}").text("task_id", 10),
                "Parameter is invalid. (key = task_id, reason = given twice, also as taskId)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "[]", "0"})
    void aSpellingThatHoldsNothingLeavesTheMemberToTheOther(String nothing) {
        for (String json : List.of(
                "{\"task_id\": \"a\", \"taskId\": " + nothing + "}",
                "{\"task_id\": " + nothing + ", \"taskId\": \"a\"}")) {
            Members members = members(json);
            assertThat(members.text("task_id", 10)).isEqualTo("a");
            members.end();
        }
        assertThat(members("{\"task_id\": " + nothing + ", \"taskId\": null}").given("task_id"))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TaskId", "TASK_ID", "task-id", "task_Id", "taskid", "task_id ", "_task_id"})
    void otherSpellingsAreUnknown(String spelling) {
        Members members = members("{\"" + spelling + "\": \"a\"}");
        assertThat(members.text("task_id", 10)).isNull();
        assertInvalid(members::end, "Parameter is invalid. (key = " + spelling + ", reason = unknown member)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "[]", "0", "0.0", "-0", "0e5"})
    void nothingIsNotGiven(String nothing) {
        Members members = members("{\"a_b\": " + nothing + "}");
        assertThat(members.given("a_b")).isNull();
        assertThat(members.raw("a_b")).isNotNull();
        assertThat(members.text("a_b", 10)).isNull();
        assertThat(members.flag("a_b")).isFalse();
        assertThat(members.choice("a_b", Size.class)).isNull();
        assertThat(members.texts("a_b", 1, 1)).isNull();
        assertThat(members.<String>object("a_b", m -> "x")).isNull();
        assertThat(members.freeObject("a_b")).isNull();
        assertInvalid(() -> members.requiredText("a_b", 10), "Required parameter. (key = a_b)");
        members.end();
    }

    @Test
    void anEmptyObjectIsGiven() {
        assertThat(members("{\"data\": {}}").freeObject("data")).isEmpty();
        assertThat(members("{\"m\": {}}").<String>object("m", m -> "x")).isEqualTo("x");
    }

    @Test
    void blanksClearAText() {
        assertThat(members("{\"a\": \" \"}").text("a", 10)).isEmpty();
        assertThat(members("{\"a\": \" x \\n\"}").text("a", 10)).isEqualTo("x");
        assertInvalid(
                () -> members("{\"a\": \" \"}").requiredText("a", 10),
                "Parameter is invalid. (key = a, reason = it must not be blank)");
    }

    @Test
    void lengthIsCountedInCharactersAfterTrimming() {
        assertThat(members("{\"a\": \" 😀😀 \"}").text("a", 2)).isEqualTo("😀😀");
        assertInvalid(
                () -> members("{\"a\": \"abc\"}").text("a", 2),
                "Parameter is invalid. (key = a, reason = at most 2 characters)");
    }

    @Test
    void wrongTypesAreNamed() {
        Members members =
                members("{\"t\": 1, \"b\": \"x\", \"l\": {}, \"o\": [1], \"e\": true, \"d\": \"x\", \"s\": [1]}");
        assertWrongType(() -> members.text("t", 9), "t", "string");
        assertWrongType(() -> members.flag("b"), "b", "boolean");
        assertWrongType(() -> members.texts("l", 9, 9), "l", "list");
        assertWrongType(() -> members.object("o", m -> m), "o", "dictionary");
        assertWrongType(() -> members.choice("e", Size.class), "e", "string");
        assertWrongType(() -> members.freeObject("d"), "d", "dictionary");
        assertWrongType(() -> members.texts("s", 9, 9), "s[0]", "string");
        assertWrongType(() -> Members.of(Json.parse("[]".getBytes(StandardCharsets.UTF_8))), "body", "dictionary");
    }

    @Test
    void errorsNameTheWholePath() {
        Members members = members("{\"files\": [{\"tags\": {}}, {\"tags\": {\"x\": 5}}]}");
        assertWrongType(
                () -> members.list(
                        "files",
                        10,
                        (file, key) -> Members.of(file, key)
                                .<String>object("tags", tags -> String.valueOf(tags.text("x", 9)))),
                "files[1].tags.x",
                "string");
    }

    @Test
    void listsHaveALimitAndNoBlanks() {
        assertThat(members("{\"a\": [\"x\", \" y \"]}").texts("a", 2, 9)).containsExactly("x", "y");
        assertInvalid(
                () -> members("{\"a\": [\"x\", \"y\"]}").texts("a", 1, 9),
                "Parameter is invalid. (key = a, reason = at most 1 elements)");
        assertInvalid(
                () -> members("{\"a\": [\"x\", \"\"]}").texts("a", 9, 9),
                "Parameter is invalid. (key = a[1], reason = it must not be blank)");
    }

    @Test
    void aChoiceIsOneOfItsNames() {
        assertThat(members("{\"a\": \"BIG\"}").choice("a", Size.class)).isEqualTo(Size.BIG);
        assertInvalid(
                () -> members("{\"a\": \"big\"}").choice("a", Size.class),
                "Parameter is invalid. (key = a, reason = it must be one of [BIG, SMALL])");
    }

    @Test
    void theFirstUnknownMemberIsNamedShortly() {
        String longName = "x".repeat(1_000);
        assertInvalid(
                () -> members("{\"" + longName + "\": 1}").end(),
                "Parameter is invalid. (key = " + "x".repeat(100) + "..., reason = unknown member)");
    }

    @Test
    void textsInFreeObjectsAreTrimmedAndNamesAreNot() {
        assertThat(members("{\"data\": {\" a \": [\" x \", {\"camelCase\": \" \"}], \"n\": 1.10, \"z\": null}}")
                        .freeObject("data"))
                .hasToString("{\" a \":[\"x\",{\"camelCase\":\"\"}],\"n\":1.10,\"z\":null}");
    }

    @Test
    void freeObjectsHaveLimits() {
        assertThat(members("{\"data\": " + nested(32) + "}").freeObject("data")).isNotNull();
        assertInvalid(
                () -> members("{\"data\": " + nested(33) + "}").freeObject("data"),
                "Parameter is invalid. (key = data, reason = at most 32 levels deep)");
        int overhead = "{\"a\":\"\"}".length();
        assertThat(members("{\"data\": {\"a\": \"" + "x".repeat(256 * 1024 - overhead) + "\"}}")
                        .freeObject("data"))
                .isNotNull();
        assertInvalid(
                () -> members("{\"data\": {\"a\": \"" + "x".repeat(256 * 1024 - overhead + 1) + "\"}}")
                        .freeObject("data"),
                "Parameter is invalid. (key = data, reason = at most 256 KiB)");
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    private static Members members(String json) {
        return Members.of(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertWrongType(ThrowingCallable reading, String key, String type) {
        assertInvalid(reading, "Parameter type is invalid. (key = %s, type = %s)".formatted(key, type));
    }

    private static void assertInvalid(ThrowingCallable reading, String message) {
        assertThatExceptionOfType(ApiException.class).isThrownBy(reading).withMessage(message);
    }
}
