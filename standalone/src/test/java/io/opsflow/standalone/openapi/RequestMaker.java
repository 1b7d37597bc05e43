package io.opsflow.standalone.openapi;

import io.opsflow.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one request from the description: a good one first, an example or a sample of the schema, then mostly something
 * is done to it, to the body or to what is around it.
 */
final class RequestMaker {

    private final Operation operation;
    private final Vocabulary vocabulary;
    private final FuzzTokens tokens;
    private final Random random;
    private final Samples samples;

    /** What the description says of the answer to a body. */
    enum Expected {
        ANYTHING,
        REFUSED,
        /** No limit of a member is passed. */
        WITHIN_LIMITS
    }

    /** @param kind what has been done: a {@link Kind}, or a {@link Change} */
    record Made(FuzzRequest request, Expected expected, Enum<?> kind) {}

    RequestMaker(Operation operation, Vocabulary vocabulary, FuzzTokens tokens, Random random) {
        this.operation = operation;
        this.vocabulary = vocabulary;
        this.tokens = tokens;
        this.random = random;
        this.samples = new Samples(operation, vocabulary, random);
    }

    Made make() {
        if (!operation.takesBody()) {
            return spoiltAround(request("", "as it is"));
        }
        if (random.nextInt(10) == 0) {
            return spoiltAround(request(Json.write(good()), "as it is"));
        }
        Mutation mutation = new Mutation(operation.document(), samples, random);
        String body = random.nextInt(7) == 0 ? Json.write(good()) : mutation.spoil(operation.requestSchema(), good());
        return spoilt(body, mutation);
    }

    Made make(Planned planned) {
        Mutation mutation = new Mutation(operation.document(), samples, random);
        ObjectNode body = (ObjectNode) vocabulary.translated(planned.example(), random);
        return spoilt(mutation.change(operation.requestSchema(), body, planned.slot(), planned.change()), mutation);
    }

    private Made spoilt(String body, Mutation mutation) {
        Expected within = mutation.isAtLimit() ? Expected.WITHIN_LIMITS : Expected.ANYTHING;
        return new Made(
                withLength(request(body, mutation.what())),
                Reading.allows(operation, body) && !mutation.isPastLimit() ? within : Expected.REFUSED,
                mutation.kind());
    }

    private Made spoiltAround(FuzzRequest request) {
        Transport transport = new Transport(random, tokens);
        return new Made(transport.spoil(request), Expected.ANYTHING, transport.kind());
    }

    private FuzzRequest request(String body, String what) {
        return new FuzzRequest(operation.method(), target(), headers(), body.getBytes(StandardCharsets.UTF_8), what);
    }

    private ObjectNode good() {
        List<JsonNode> examples = operation.goodRequests();
        boolean isExample = !examples.isEmpty() && random.nextInt(3) > 0;
        ObjectNode body = isExample
                ? (ObjectNode) vocabulary.translated(Vocabulary.any(examples, random), random)
                : (ObjectNode) samples.of(operation.requestSchema(), "");
        if (!isExample && random.nextInt(20) > 0) {
            limit(body);
        }
        return body;
    }

    /** Without it most samples would be answered by all that there is. */
    private void limit(ObjectNode body) {
        boolean isQuery = operation.requestSchema().path("$ref").asString("").matches(".*/(List|Stat)[A-Za-z]+");
        if (isQuery && (body.get("query") == null || body.get("query").isObject())) {
            body.withObject("/query").withObject("/page").put("limit", 1 + random.nextInt(20));
        }
    }

    private String target() {
        String path = operation.path();
        if (path.startsWith("/opsflow/") && random.nextInt(10) == 0) {
            path = path.replace("/v1/", "/");
        }
        for (ObjectNode parameter : operation.parameters()) {
            if (parameter.get("in").stringValue().equals("query") && random.nextBoolean()) {
                path += "?" + parameter.get("name").stringValue() + "="
                        + Vocabulary.any(
                                List.of(
                                        parameter.get("example").stringValue(),
                                        "0",
                                        "",
                                        "x",
                                        "99999999999999999999",
                                        "%00"),
                                random);
            }
        }
        return path;
    }

    private List<String> headers() {
        List<String> headers = new ArrayList<>(List.of("Host: localhost"));
        if (operation.needsToken()) {
            headers.add(
                    "Authorization: Bearer " + (random.nextInt(25) == 0 ? tokens.member() : tokens.allowed(operation)));
        }
        if (operation.takesBody()) {
            headers.add("Content-Type: application/json");
        }
        for (ObjectNode parameter : operation.parameters()) {
            String name = parameter.get("name").stringValue();
            if (parameter.get("in").stringValue().equals("header") && random.nextInt(12) == 0) {
                String example = vocabulary.translated(parameter.get("example").stringValue());
                headers.add(name + ": " + new HeaderValues(random).of(name, example));
            }
        }
        return headers;
    }

    private static FuzzRequest withLength(FuzzRequest request) {
        List<String> headers = new ArrayList<>(request.headers());
        headers.add("Content-Length: " + request.body().length);
        return new FuzzRequest(request.method(), request.target(), headers, request.body(), request.what());
    }
}
