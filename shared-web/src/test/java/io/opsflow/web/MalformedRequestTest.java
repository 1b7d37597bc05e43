package io.opsflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends, byte by byte. */
class MalformedRequestTest extends FaceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /opsflow/v1/[x] HTTP/1.1",
                "GET /check<script> HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /%00 HTTP/1.1",
                "GET /a%2Fb HTTP/1.1",
                "GET /opsflow/../../check HTTP/1.1",
                "GET /opsflow;a=b/v1 HTTP/1.1",
                "GET //opsflow/v1 HTTP/1.1",
                "GET /opsflow/./v1 HTTP/1.1",
                "GET /check%0d%0aX: HTTP/1.1",
                "GET /a%5Cb HTTP/1.1",
                "GET check HTTP/1.1",
                "GET /check HTTP/7.9",
                "G@T /check HTTP/1.1",
                "GET"
            })
    void aRequestLineThatMakesNoSenseIsRefused(String requestLine) throws IOException {
        assertMalformed(raw(requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "No colon",
                "Bad header: x\u0001y",
                "Host: localhost",
                "Host: [",
                "Content-Length: many",
                "Content-Length: -1",
                "Content-Length: 1\r\nContent-Length: 2",
                "Transfer-Encoding: nonsense",
                "X-Odd: a\u0000b"
            })
    void headersThatMakeNoSenseAreRefused(String header) throws IOException {
        assertMalformed(raw("POST " + CREATE + " HTTP/1.1\r\nHost: localhost\r\n" + header
                + "\r\nAuthorization: Bearer " + owner().build() + "\r\nContent-Type: application/json"
                + "\r\nConnection: close\r\n\r\n{}"));
    }

    /** Tomcat hangs up after it, and had told so for no status but those it knows to be the end. */
    @Test
    void anExpectationThatNobodyCanMeetIsRefusedAndEndsTheConnection() throws IOException {
        String answer = raw("GET /check HTTP/1.1\r\nHost: localhost\r\nExpect: nonsense\r\n\r\n");
        assertMalformed(answer);
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\r\nConnection: close\r\n");
    }

    @Test
    void aRequestWithoutAHostIsRefused() throws IOException {
        assertMalformed(raw("GET /check HTTP/1.1\r\nConnection: close\r\n\r\n"));
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        assertMalformed(raw("GET /check HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n"));
    }

    @Test
    void chunksThatMakeNoSenseAreRefused() throws IOException {
        String request = "POST " + CREATE + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + owner().build()
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertMalformed(raw(request + "zz\r\n{}\r\n0\r\n\r\n"));
    }

    @Test
    void aBodyThatIsCutOffIsRefused() throws IOException {
        String request = "POST " + CREATE + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + owner().build()
                + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
        assertMalformed(raw(request));
    }

    @Test
    void whoeverAsksFirstIsToldBeforeSendingABodyThatIsTooLarge() throws IOException {
        String answer = raw("POST " + CREATE + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + owner().build() + "\r\nContent-Type: application/json\r\nContent-Length: 4000000000"
                + "\r\nExpect: 100-continue\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 413 ")
                .endsWith(errorBody("ERROR_INVALID_ARGUMENT", "The body is larger than 1 MiB."));
    }

    /** 4xx, the contract's body, an id; and nothing of what is inside. */
    private static void assertMalformed(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 4").contains(RequestId.HEADER + ": ");
        assertThat(answer)
                .contains("\r\nContent-Type: application/json")
                .contains("\r\n\r\n{\"detail\":{\"code\":\"ERROR_");
        assertThat(answer).doesNotContain("<html", "Exception", "Tomcat", "Apache", "org.", "io.opsflow");
    }

    /** Sends these bytes, says that no more will come, and returns all that is answered. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
