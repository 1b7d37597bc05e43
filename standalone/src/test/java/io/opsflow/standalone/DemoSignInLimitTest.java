package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Anybody may knock at the demo's door, so nobody may say much there. */
class DemoSignInLimitTest extends ServiceTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void aBodyOfOneKibibyteIsRead() throws Exception {
        String body = bodyOf(1024);
        assertThat(knock(BodyPublishers.ofString(body)).statusCode()).isEqualTo(400);
        assertThat(knock(chunked(body)).body()).contains("ERROR_INVALID_PARAMETER");
    }

    @Test
    void aLargerOneIsRefusedHoweverItIsSent() throws Exception {
        String body = bodyOf(1025);
        assertTooLarge(knock(BodyPublishers.ofString(body)));
        assertTooLarge(knock(chunked(body)));
    }

    private static void assertTooLarge(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("The body is larger than 1 KiB.");
    }

    private static String bodyOf(int size) {
        String rest = "{\"code\":\"\"}";
        return rest.replace(":\"", ":\"" + "x".repeat(size - rest.length()));
    }

    private static BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpResponse<String> knock(BodyPublisher body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(service().address() + DemoSignIn.PATH))
                        .header("Content-Type", "application/json")
                        .POST(body)
                        .build(),
                BodyHandlers.ofString());
    }
}
