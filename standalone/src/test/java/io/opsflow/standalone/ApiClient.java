package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import io.opsflow.standalone.openapi.Answered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Speaks to a running service as a client would: JSON over HTTP, a token in the header. Every answer is held against the
 * description of the API.
 */
record ApiClient(String address, @Nullable String token) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What came back. */
    record Answer(int status, JsonNode body, HttpResponse<String> response) {

        String code() {
            return body.at("/detail/code").asString();
        }

        String message() {
            return body.at("/detail/message").asString();
        }

        String text(String member) {
            return body.get(member).stringValue();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        long version() {
            return Long.parseLong(
                    response.headers().firstValue("ETag").orElseThrow().replace("\"", ""));
        }
    }

    /** @param request anything that becomes JSON; a String is sent as it stands */
    Answer post(String path, Object request) {
        return post(path, request, Map.of());
    }

    Answer post(String path, Object request, Map<String, String> headers) {
        String body = request instanceof String text ? text : Json.write(request);
        HttpRequest.Builder post = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(post::header);
        String key = headers.getOrDefault("Idempotency-Key", "");
        if (key.length() > 10) { // a shorter one may stand in a line for other reasons
            LogWatch.forbid(key);
        }
        return send(post);
    }

    Answer task(String verb, Map<String, ?> request) {
        return post("/opsflow/v1/task/" + verb, request);
    }

    Answer task(String verb, Map<String, ?> request, Map<String, String> headers) {
        return post("/opsflow/v1/task/" + verb, request, headers);
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    Answer send(HttpRequest.Builder request) {
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(contradiction(response))
                    .as("%s as it is described: %s %s", response.uri(), response.statusCode(), response.body())
                    .isEmpty();
            return new Answer(response.statusCode(), json(response.body()), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create(address + path);
    }

    private static Optional<String> contradiction(HttpResponse<String> response) {
        Map<String, String> headers = new HashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return new Answered(
                        response.request().method(),
                        response.uri().getPath(),
                        response.statusCode(),
                        headers,
                        response.body())
                .contradiction();
    }

    private static JsonNode json(String body) {
        return body.startsWith("{") || body.startsWith("[")
                ? Json.mapper().readTree(body)
                : Json.mapper().getNodeFactory().stringNode(body);
    }
}
