package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One process of either side reads each request and ends without an answer, the other one answers. The gateway asks them
 * in turn, so of two requests one meets the first.
 */
class GatewayRepeatsTest {

    private final Queue<String> answered = new ConcurrentLinkedQueue<>();
    private HttpServer dies;
    private HttpServer answers;
    private Nginx gateway;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        Installed.assume("nginx", Nginx.isInstalled());
        dies = server(HttpExchange::close);
        answers = server(this::answer);
        List<Integer> both = List.of(port(dies), port(answers));
        gateway = Nginx.start(directory, both, both);
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
            dies.stop(0);
            answers.stop(0);
        }
    }

    /** Of which 0 is one that nginx's own conditions take for none. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "00", "a key", "b2c3d4"})
    void aWriteWithAKeyIsSentToTheOther(String key) throws Exception {
        assertThat(statuses("create", Map.of("Idempotency-Key", key))).containsExactly(200, 200);
        assertThat(answered).containsExactly("create " + key, "create " + key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "update", "change_status", "delete"})
    void aWriteWithoutAKeyMayHaveHappenedAndIsNotSentAgain(String verb) throws Exception {
        assertThat(statuses(verb, Map.of())).containsExactlyInAnyOrder(503, 200);
        assertThat(answered).containsExactly(verb + " null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "list", "stat", "history", "get_at"})
    void aReadIsSentToTheOther(String verb) throws Exception {
        assertThat(statuses(verb, Map.of())).containsExactly(200, 200);
    }

    private List<Integer> statuses(String verb, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.address() + "/opsflow/v1/task/" + verb))
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        headers.forEach(request::header);
        List<Integer> statuses = new ArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 2; i++) {
                statuses.add(client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode());
            }
        }
        return statuses;
    }

    private void answer(HttpExchange request) throws IOException {
        String path = request.getRequestURI().getPath();
        answered.add(path.substring(path.lastIndexOf('/') + 1) + " "
                + request.getRequestHeaders().getFirst("Idempotency-Key"));
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        request.getRequestBody().readAllBytes();
        request.getResponseHeaders().set("Content-Type", "application/json");
        request.sendResponseHeaders(200, body.length);
        request.getResponseBody().write(body);
        request.close();
    }

    private static HttpServer server(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", handler);
        server.start();
        return server;
    }

    private static int port(HttpServer server) {
        return server.getAddress().getPort();
    }
}
