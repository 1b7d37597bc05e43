package io.opsflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RequestIdTest extends FaceTest {

    @Test
    void aClientsIdIsKept() {
        HttpResponse<String> response =
                asOwner(CREATE, r -> r.header("X-Request-Id", "Client.id_1-2").POST(json("{\"task_name\": \"a\"}")));
        assertThat(response.headers().allValues("X-Request-Id")).containsExactly("Client.id_1-2");
        assertThat(response.body()).contains("\"request_id\":\"Client.id_1-2\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\"b",
                "${jndi:x}",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void anIdThatIsNoneIsReplaced(String sent) {
        HttpResponse<String> response = send("/check", r -> r.header("X-Request-Id", sent));
        assertThat(response.headers().firstValue("X-Request-Id").orElseThrow())
                .isNotEqualTo(sent)
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void everyAnswerHasAnIdOfItsOwn() {
        HttpResponse<String> first = send("/check", r -> r);
        HttpResponse<String> second = send("/nothing", r -> r);
        assertThat(first.headers().firstValue("X-Request-Id"))
                .isPresent()
                .isNotEqualTo(second.headers().firstValue("X-Request-Id"));
    }

    @Test
    void aFailedRequestLeavesOneLine(CapturedOutput output) {
        post("/opsflow/v1/task/create?secret=1", "{\"task_name\": 5, \"password\": \"secret\"}");
        String id = sendWithId("line-1", CREATE, "{\"task_name\": 5, \"password\": \"secret\"}");
        assertThat(theLineOf(output, id))
                .contains(" INFO ", "Request failed")
                .contains("method=\"POST\"", "path=\"" + CREATE + "\"", "status=\"400\"")
                .contains("code=\"ERROR_INVALID_PARAMETER_TYPE\"", "duration_ms=");
        assertThat(output.getAll()).doesNotContain("secret", owner().build().substring(0, 30));
    }

    @Test
    void anAnsweredRequestLeavesNone(CapturedOutput output) {
        String id = sendWithId("line-2", CREATE, "{\"task_name\": \"a\"}");
        theLineOf(output, sendWithId("line-2b", CREATE, "{}"));
        assertThat(linesOf(output, id)).isEmpty();
    }

    @Test
    void aBugLeavesItsStackTraceUnderTheRequestsId(CapturedOutput output) {
        String id = sendWithId("line-3", FAIL, "{\"how\": \"bug\"}");
        assertThat(theLineOf(output, id)).contains("ERROR ", "status=\"500\"");
        assertThat(output.getAll()).contains("IllegalStateException: secret of io.opsflow.Internal", "\tat io.opsflow");
    }

    @Test
    void aDatabaseThatIsAwayLeavesItsReason(CapturedOutput output) {
        String id = sendWithId("line-4", FAIL, "{\"how\": \"pool empty\"}");
        assertThat(theLineOf(output, id)).contains(" WARN ", "status=\"503\"", "SQLTransientConnectionException: pool");
    }

    private String sendWithId(String id, String path, String body) {
        asOwner(path, r -> r.header("X-Request-Id", id).POST(json(body)));
        return id;
    }

    /** The answer may arrive before the line is written. */
    private static String theLineOf(CapturedOutput output, String id) {
        await().until(() -> !linesOf(output, id).isEmpty());
        assertThat(linesOf(output, id)).hasSize(1);
        return linesOf(output, id).getFirst();
    }

    private static List<String> linesOf(CapturedOutput output, String id) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("[" + id + " domain-a]"))
                .toList();
    }
}
