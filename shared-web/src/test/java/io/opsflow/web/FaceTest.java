package io.opsflow.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.embedded.TokenBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** A face on a real Tomcat, an identity that it trusts, and how to talk to it. */
@SpringBootTest(
        classes = TestFace.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "opsflow.root-domain=domain-root"})
abstract class FaceTest {

    static final String CREATE = "/opsflow/v1/task/create";
    static final String FAIL = "/opsflow/v1/task/fail";
    static final EmbeddedIdentity identity = EmbeddedIdentity.create();

    private static final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void trustTheIdentity(DynamicPropertyRegistry properties) throws IOException {
        for (String domain : new String[] {"domain-a", "domain-b", "domain-root"}) {
            identity.token(domain);
        }
        Path jwks = Files.createTempFile("jwks", ".json");
        jwks.toFile().deleteOnExit();
        Files.writeString(jwks, identity.jwks());
        properties.add("opsflow.jwks", jwks::toString);
    }

    static TokenBuilder owner() {
        return identity.token("domain-a")
                .role("WORKSPACE_OWNER")
                .workspace("workspace-1")
                .user("ann");
    }

    HttpResponse<String> create(String token) {
        return send(CREATE, r -> r.header("Authorization", "Bearer " + token).POST(json("{\"task_name\": \"a\"}")));
    }

    /** POSTs a body as somebody who may do so. */
    HttpResponse<String> post(String path, String body) {
        return asOwner(path, r -> r.POST(json(body)));
    }

    HttpResponse<String> asOwner(String path, UnaryOperator<HttpRequest.Builder> request) {
        return send(path, r -> request.apply(r.header("Authorization", "Bearer " + owner().build())));
    }

    HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> request) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri);
        HttpRequest built = request.apply(builder).build();
        if (built.bodyPublisher().isPresent()
                && built.headers().firstValue("Content-Type").isEmpty()) {
            built = request.apply(HttpRequest.newBuilder(uri).header("Content-Type", "application/json"))
                    .build();
        }
        try {
            return http.send(built, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer from " + path, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static HttpRequest.BodyPublisher json(String body) {
        return BodyPublishers.ofString(body);
    }

    /** The contract's error body, and nothing that tells of the inside. */
    static void assertRefused(HttpResponse<String> response, int status, String code, String message) {
        assertThat(response.body()).isEqualTo(errorBody(code, message));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue(RequestId.HEADER)).isPresent();
    }

    static void assertRefused(HttpResponse<String> response, int status, String code) {
        JsonNode body = Json.mapper().readTree(response.body());
        assertRefused(response, status, code, body.at("/detail/message").asString());
        assertThat(response.body()).doesNotContain("Exception", "org.", "io.opsflow", "java", "jackson", "Tomcat");
    }

    static String errorBody(String code, String message) {
        var detail = Json.mapper().createObjectNode().put("code", code).put("message", message);
        return Json.mapper()
                .createObjectNode()
                .<tools.jackson.databind.node.ObjectNode>set("detail", detail)
                .toString();
    }
}
