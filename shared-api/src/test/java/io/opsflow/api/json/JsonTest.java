package io.opsflow.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.error.ErrorCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.0",
                "1.10",
                "1E+2",
                "12e2",
                "1e5",
                "0.0000001",
                "1e-7",
                "0e10",
                "0",
                "-0",
                "-0.0",
                "-0e5",
                "-1",
                "-12e2",
                "-1.10",
                "-100000000000000000000000",
                "0.1",
                "100000000000000000000000",
                "1.7976931348623157E+308",
                "5E-324",
                "3.141592653589793238462643383279"
            })
    void numbersKeepTheirDigits(String number) {
        assertThat(parse(number).toString()).isEqualTo(number);
        assertThat(parse("[" + number + "]").toString()).isEqualTo("[" + number + "]");
        assertThat(Json.write(parse("{\"n\":" + number + "}"))).isEqualTo("{\"n\":" + number + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e-400", "2e308", "1e131071", "1e99999999999", "1e-99999999999"})
    void numbersBeyondADoubleAreRefused(String number) {
        assertRefused("{\"data\": {\"n\": [" + number + "]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0e-20000", "0e20000", "-0.0e-2147483000", "0e1073741824"})
    void aZeroOfTooManyPlacesIsRefused(String number) {
        assertRefused("{\"data\": {\"n\": [" + number + "]}}");
    }

    @Test
    void aNumberOfTooManyDigitsIsRefusedByItsPlace() {
        for (int digits : new int[] {400, 1_001, 10_000}) {
            assertRefused(
                    "{\"data\": {\"n\": [1, " + "9".repeat(digits) + "]}}",
                    "Parameter is invalid. (key = data.n[1], reason = the number is beyond a double's range)");
        }
        for (String number :
                new String[] {"0." + "9".repeat(2_001), "9".repeat(1_000_000), "0." + "9".repeat(100_000)}) {
            assertRefused(
                    "{\"data\": {\"n\": [1, " + number + "]}}",
                    "Parameter is invalid. (key = data.n[1], reason = the number has too many places)");
            assertRefused(
                    "{\"data\": [{\"n\": " + number + "}]}",
                    "Parameter is invalid. (key = data[0].n, reason = the number has too many places)");
        }
        assertRefused(
                "-" + "9".repeat(100_000),
                "Parameter is invalid. (key = body, reason = the number has too many places)");
    }

    @Test
    void aNameThatCannotBeKeptIsToldBeforeTheNumberUnderIt() {
        for (String number : new String[] {"9".repeat(100_000), "1e99999999999"}) {
            assertRefused(
                    "{\"data\": {\"\\ud800\": [" + number + "]}}",
                    "Parameter is invalid. (key = data, reason = lone surrogates are not allowed)");
        }
    }

    @Test
    void aNumberMayHaveTwoThousandPlaces() {
        String number = "-1" + "0".repeat(300) + "." + "3".repeat(2_000);
        assertThat(parse(number).toString()).isEqualTo(number);
    }

    @Test
    void aNameMayBeAsLongAsABody() {
        String name = "n".repeat(1_000_000);
        assertThat(parse("{\"" + name + "\": 1}").has(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 501, 1_000, 500_000})
    void nestingHasAnEnd(int depth) {
        String list = "[".repeat(depth) + "]".repeat(depth);
        String object = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
        if (depth <= 500) {
            assertThat(parse(list).isArray()).isTrue();
            assertThat(parse(object).isObject()).isTrue();
        } else {
            assertRefused(list);
            assertRefused(object);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "{}{}",
                "{} 1",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "NaN",
                "Infinity",
                "01",
                "+1",
                ".5",
                "1.",
                "\"\\x\"",
                "\"a\nb\"",
                "/**/1",
                "#\n1",
                "{\"a\":1,\"a\":1}",
                "{\"b\":{\"a\":1,\"\\u0061\":2}}",
                "tru",
                "\u0000"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": \"x\\u0000\"}                | Parameter is invalid. (key = a, reason = NUL characters are not allowed)",
                "{\"a\": {\"b\\u0000\": 1}}           | Parameter is invalid. (key = a, reason = NUL characters are not allowed)",
                "{\"\\u0000\": 1}                     | Parameter is invalid. (key = body, reason = NUL characters are not allowed)",
                "{\"a\": {\"b\": [1, \"\\udc00\"]}}   | Parameter is invalid. (key = a.b[1], reason = lone surrogates are not allowed)",
                "{\"a\": \"\\ud83d\"}                 | Parameter is invalid. (key = a, reason = lone surrogates are not allowed)",
                "{\"a\": \"\\ud83dx\\ude00\"}         | Parameter is invalid. (key = a, reason = lone surrogates are not allowed)"
            })
    void whatCannotBeStoredIsRefusedByItsPlace(String text, String message) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse(text))
                .withMessage(message);
    }

    @Test
    void pairsOfSurrogatesAreText() {
        assertThat(parse("\"\\ud83d\\ude00\"").stringValue()).isEqualTo("😀");
        assertThat(parse("\"😀\"").stringValue()).isEqualTo("😀");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(parse("\ufeff{\"a\":1}").get("a").intValue()).isEqualTo(1);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[][] wrong = {
            {'"', (byte) 0xff, '"'},
            {'"', (byte) 0xc0, (byte) 0x80, '"'},
            {'"', (byte) 0xc0, (byte) 0xa2, '"'},
            {'"', (byte) 0xc0, (byte) 0xaf, '"'},
            {'"', (byte) 0xe0, (byte) 0x9f, (byte) 0xbf, '"'},
            {'"', (byte) 0xf0, (byte) 0x8f, (byte) 0xbf, (byte) 0xbf, '"'},
            {'"', (byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
            {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
            {'"', (byte) 0xc3, '"'},
            {'"', (byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80, '"'},
            {'"', (byte) 0xe0, (byte) 0x80, (byte) 0x80, '"'},
            {'"', 'a', (byte) 0x80, '"'}
        };
        for (byte[] body : wrong) {
            assertThatExceptionOfType(ApiException.class)
                    .as(new String(body, StandardCharsets.ISO_8859_1))
                    .isThrownBy(() -> Json.parse(body))
                    .withMessage("Parameter is invalid. (key = body, reason = not valid JSON: it is not in UTF-8)");
        }
    }

    @Test
    void otherEncodingsAreRefused() {
        for (var encoding : new Charset[] {
            StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, Charset.forName("UTF-32LE")
        }) {
            assertThatExceptionOfType(ApiException.class)
                    .as(encoding.name())
                    .isThrownBy(() -> Json.parse("{\"a\": 1}".getBytes(encoding)));
        }
    }

    @Test
    void aMebibyteIsParsedAndItsFirstFaultIsToldBriefly() {
        String body = "{\"" + "n".repeat(40_000) + "\": [" + "1,".repeat(480_000) + "1]}";
        assertThat(parse(body).path("n".repeat(40_000)).size()).isEqualTo(480_001);
        String wrong = "{\"" + "n".repeat(40_000) + "\": [\"\\u0000\"]}";
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse(wrong))
                .satisfies(e -> assertThat(e.message()).hasSizeLessThan(300));
    }

    @Test
    void aPlaceIsShortenedBetweenCharacters() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse("{\"a" + "😀".repeat(200) + "\": [\"\\u0000\"]}"))
                .satisfies(e -> assertThat(Json.isStorable(e.message())).isTrue());
    }

    @Test
    void errorsDoNotTellHowJsonIsRead() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse("{\n  \"a\": b}"))
                .withMessage("Parameter is invalid. (key = body, reason = not valid JSON at line 2, column 8)");
    }

    record Moment(Instant at) {}

    @ParameterizedTest
    @CsvSource({
        "2024-12-05T01:02:03.456Z, 2024-12-05T01:02:03.456Z",
        "2024-12-05T01:02:03Z, 2024-12-05T01:02:03Z",
        "2024-12-05T10:02:03.456+09:00, 2024-12-05T01:02:03.456Z",
        "2024-12-05T01:02:03.456789Z, 2024-12-05T01:02:03.456789Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
    })
    void timesAreReadHoweverTheyAreWritten(String text, Instant time) {
        assertThat(Json.mapper().readValue("{\"at\": \"%s\"}".formatted(text), Moment.class))
                .isEqualTo(new Moment(time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yesterday\"",
                "\"2024-12-05\"",
                "\"2023-02-29T01:02:03.456Z\"",
                "\"2024-12-05T25:02:03.456Z\"",
                "\"2024-12-05T01:02:03.456Z x\"",
                "[]"
            })
    void whatIsNoTimeIsRefused(String json) {
        assertThatExceptionOfType(DatabindException.class)
                .isThrownBy(() -> Json.mapper().readValue("{\"at\": %s}".formatted(json), Moment.class))
                .withMessageContaining("at");
    }

    @Test
    void answersAreSnakeCaseWithMillisecondsInDeclaredOrder() {
        record Answer(String taskName, Instant createdAt, int a) {}
        assertThat(Json.write(new Answer("x", Instant.parse("2024-12-05T01:02:03.45Z"), 1)))
                .isEqualTo("{\"task_name\":\"x\",\"created_at\":\"2024-12-05T01:02:03.450Z\",\"a\":1}");
    }

    private static void assertRefused(String text, String message) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse(text))
                .withMessage(message);
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> parse(text))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.ERROR_INVALID_PARAMETER));
    }

    private static JsonNode parse(String text) {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTextIsStorableWithoutNulCharactersAndLoneSurrogates() {
        assertThat(Json.isStorable("a \ud83d\ude00")).isTrue();
        assertThat(Json.isStorable("a\0")).isFalse();
        assertThat(Json.isStorable("\ud83d")).isFalse();
        assertThat(Json.isStorable("\ude00\ud83d")).isFalse();
    }
}
