package io.opsflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest extends FaceTest {

    private static final int MIB = 1024 * 1024;

    @Test
    void answersAreSnakeCaseAndTimesHaveMilliseconds() {
        HttpResponse<String> response = post(CREATE, "{\"taskName\": \" naïve \"}");
        assertThat(response.body()).startsWith("{\"task_name\":\"naïve\"").contains("\"1970-01-01T00:00:00.000Z\"");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10_000, 30_000})
    void aShortAnswerComesWholeWithItsLength(int characters) {
        String name = "ä".repeat(characters / 2);
        HttpResponse<String> response = post(CREATE, "{\"task_name\": \"" + name + "\"}");
        assertThat(response.body()).startsWith("{\"task_name\":\"" + name + "\"");
        assertThat(response.headers().firstValueAsLong("Content-Length"))
                .hasValue(response.body().getBytes(StandardCharsets.UTF_8).length);
        assertThat(response.headers().firstValue("Transfer-Encoding")).isEmpty();
    }

    @Test
    void aLongAnswerComesInChunks() {
        String name = "ä".repeat(100_000);
        HttpResponse<String> response = post(CREATE, "{\"task_name\": \"" + name + "\"}");
        assertThat(response.body())
                .startsWith("{\"task_name\":\"" + name + "\"")
                .endsWith("}");
        assertThat(response.headers().firstValue("Transfer-Encoding")).hasValue("chunked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{}}",
                "{} {}",
                "nul",
                "{\"a\" 1}",
                "{'a': 1}",
                "{\"a\": 01}",
                "{\"a\": NaN}",
                "// x\n{}",
                "{\"task_name\": \"a\", \"task_name\": \"b\"}",
                "{\"a\": \"\t\"}",
                "{\"task_name\": \"a",
                "{\"a\": 1e99999999999}",
                "\u0000"
            })
    void whatIsNoJsonIsRefused(String body) {
        assertRefused(post(CREATE, body), 400, "ERROR_INVALID_PARAMETER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{}]", "\"a\"", "1", "null", "true"})
    void aRequestIsAnObject(String body) {
        assertRefused(
                post(CREATE, body),
                400,
                "ERROR_INVALID_PARAMETER_TYPE",
                "Parameter type is invalid. (key = body, type = dictionary)");
    }

    @Test
    void wrongTypesAndUnknownMembersAreRefused() {
        assertRefused(
                post(CREATE, "{\"task_name\": 5}"),
                400,
                "ERROR_INVALID_PARAMETER_TYPE",
                "Parameter type is invalid. (key = task_name, type = string)");
        assertRefused(
                post(CREATE, "{\"task_name\": \"a\", \"x\": 1}"),
                400,
                "ERROR_INVALID_PARAMETER",
                "Parameter is invalid. (key = x, reason = unknown member)");
        assertRefused(post(CREATE, "{}"), 400, "ERROR_REQUIRED_PARAMETER", "Required parameter. (key = task_name)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"task_name\": \"a\\u0000\"}",
                "{\"a\\u0000\": 1}",
                "{\"data\": {\"x\": [\"\\ud800\"]}}",
                "{\"data\": {\"x\": 1e400}}",
                "{\"data\": {\"x\": 1e-400}}"
            })
    void whatCannotBeStoredIsRefused(String body) {
        assertRefused(post(CREATE, body), 400, "ERROR_INVALID_PARAMETER");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        for (byte[] bytes :
                List.of(new byte[] {(byte) 0xff}, "{\"task_name\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1))) {
            assertRefused(
                    asOwner(CREATE, r -> r.POST(BodyPublishers.ofByteArray(bytes))), 400, "ERROR_INVALID_PARAMETER");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 5_000, 100_000})
    void tooDeepIsRefused(int depth) {
        assertRefused(
                post(CREATE, "{\"data\": " + "[".repeat(depth) + "]".repeat(depth) + "}"),
                400,
                "ERROR_INVALID_PARAMETER");
        assertRefused(
                post(CREATE, "{\"data\": " + "{\"a\": ".repeat(depth) + "1" + "}".repeat(depth) + "}"),
                400,
                "ERROR_INVALID_PARAMETER");
    }

    @Test
    void aBodyOfOneMebibyteIsRead() {
        assertThat(post(CREATE, bodyOf(MIB)).statusCode()).isEqualTo(200);
        assertThat(asOwner(CREATE, r -> r.POST(chunked(bodyOf(MIB)))).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(ints = {MIB + 1, 3 * MIB, 40 * MIB})
    void aLargerBodyIsRefusedAndTheAnswerArrives(int size) {
        for (BodyPublisher body : List.of(json(bodyOf(size)), chunked(bodyOf(size)))) {
            assertRefused(
                    asOwner(CREATE, r -> r.POST(body)),
                    413,
                    "ERROR_INVALID_ARGUMENT",
                    "The body is larger than 1 MiB.");
        }
        assertRefused(send(CREATE, r -> r.POST(json(bodyOf(size)))), 401, "ERROR_AUTHENTICATE_FAILURE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "APPLICATION/JSON;charset=\"UTF-8\"",
                "application/vnd.api+json"
            })
    void jsonInUtf8IsRead(String type) {
        HttpResponse<String> response =
                asOwner(CREATE, r -> r.header("Content-Type", type).POST(json("{\"task_name\": \"a\"}")));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/json; charset=latin1",
                "application/json; charset=utf-16",
                "application/json; charset=nope",
                "application/json; charset=\"b c\"",
                "json",
                "/",
                "*/*",
                "application/*"
            })
    void anyOtherContentTypeIsRefused(String type) {
        assertRefused(
                asOwner(CREATE, r -> r.header("Content-Type", type).POST(json("{\"task_name\": \"a\"}"))),
                415,
                "ERROR_INVALID_ARGUMENT");
    }

    @Test
    void aCompressedBodyIsRefused() {
        assertRefused(
                asOwner(CREATE, r -> r.header("Content-Encoding", "gzip").POST(json("{\"task_name\": \"a\"}"))),
                415,
                "ERROR_INVALID_ARGUMENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE", "FOO"})
    void onlyPostIsAnswered(String method) {
        HttpResponse<String> response = asOwner(CREATE, r -> r.method(method, BodyPublishers.noBody()));
        assertRefused(response, 405, "ERROR_INVALID_ARGUMENT");
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void headAndOptionsAndTraceAreNotPost() {
        HttpResponse<String> head = asOwner(CREATE, r -> r.HEAD());
        assertThat(head.statusCode()).isEqualTo(405);
        assertThat(head.body()).isEmpty();
        HttpResponse<String> options = asOwner(CREATE, r -> r.method("OPTIONS", BodyPublishers.noBody()));
        assertRefused(options, 405, "ERROR_INVALID_ARGUMENT");
        assertThat(options.headers().firstValue("Allow")).hasValue("POST");
        assertRefused(asOwner(CREATE, r -> r.method("TRACE", BodyPublishers.noBody())), 405, "ERROR_INVALID_ARGUMENT");
        assertThat(send("/check", r -> r.HEAD()).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/check,GET", "/v3/api-docs,GET", CREATE + ",POST", "/swagger-ui/index.html,'GET, HEAD'"})
    void whatAPathTakesIsNamedToWhoAsksForItsOptions(String path, String methods) {
        HttpResponse<String> response = asOwner(path, r -> r.method("OPTIONS", BodyPublishers.noBody()));
        assertRefused(response, 405, "ERROR_INVALID_ARGUMENT");
        assertThat(response.headers().firstValue("Allow")).hasValue(methods);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/opsflow/v1/task/nothing",
                "/opsflow/v1/task",
                "/opsflow/v1/task/create/",
                "/opsflow/V1/task/create",
                "/nothing",
                "/error",
                "/admin/nothing",
                "/actuator",
                "/actuator/env",
                "/actuator/heapdump",
                "/login",
                "/logout"
            })
    void unknownPathsAreNotFound(String path) {
        assertRefused(post(path, "{}"), 404, "ERROR_INVALID_ARGUMENT", "There is nothing at this path.");
        assertRefused(asOwner(path, r -> r.GET()), 404, "ERROR_INVALID_ARGUMENT", "There is nothing at this path.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html", "application/xml", "foo", ",,,", "*/*;q=0", "text/plain;charset=nope", "a/b;c"})
    void whateverIsAcceptedTheAnswerIsJson(String accept) {
        HttpResponse<String> response =
                asOwner(CREATE, r -> r.header("Accept", accept).POST(json("{\"task_name\": \"a\"}")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertRefused(
                asOwner(CREATE, r -> r.header("Accept", accept).POST(json("{}"))), 400, "ERROR_REQUIRED_PARAMETER");
    }

    @Test
    void aQueryStringThatIsNotUnderstoodIsTheClientsFault() {
        String path = "/opsflow/v1/task/number";
        assertThat(asOwner(path + "?n=5", r -> r.GET()).body()).isEqualTo("5");
        assertRefused(asOwner(path + "?n=x", r -> r.GET()), 400, "ERROR_INVALID_ARGUMENT");
        assertRefused(asOwner(path, r -> r.GET()), 400, "ERROR_INVALID_ARGUMENT");
    }

    @ParameterizedTest
    @CsvSource({
        "bug, 500, ERROR_UNKNOWN",
        "bad sql, 500, ERROR_UNKNOWN",
        "refusal in a wrapper, 404, ERROR_NOT_FOUND",
        "database away, 503, ERROR_UNAVAILABLE",
        "connection refused, 503, ERROR_UNAVAILABLE",
        "pool empty, 503, ERROR_UNAVAILABLE",
        "past its time limit, 503, ERROR_UNAVAILABLE"
    })
    void failuresTellNothingOfTheInside(String how, int status, String code) {
        HttpResponse<String> response = post(FAIL, "{\"how\": \"" + how + "\"}");
        assertRefused(response, status, code);
        assertThat(response.body()).doesNotContain("secret");
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    private static String bodyOf(int size) {
        String start = "{\"task_name\": \"";
        return start + "x".repeat(size - start.length() - 2) + "\"}";
    }

    private static BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }
}
