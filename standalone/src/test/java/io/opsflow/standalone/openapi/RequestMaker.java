package io.opsflow.standalone.openapi;

import io.opsflow.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
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

    /** What a request says of the body: whether the description allows it. */
    enum Promise {
        NOTHING,
        REFUSED,
        /** No limit that is described is passed. */
        WITHIN_LIMITS
    }

    /** @param promise what the description says about the answer */
    record Made(FuzzRequest request, Promise promise) {}

    RequestMaker(Operation operation, Vocabulary vocabulary, FuzzTokens tokens, Random random) {
        this.operation = operation;
        this.vocabulary = vocabulary;
        this.tokens = tokens;
        this.random = random;
        this.samples = new Samples(operation.document(), vocabulary, random);
    }

    Made make() {
        String body = "";
        String what = "as it is";
        Promise promise = Promise.NOTHING;
        boolean bodyOnly = operation.takesBody() && random.nextInt(10) > 0;
        if (operation.takesBody()) {
            ObjectNode good = good();
            Mutation mutation = new Mutation(operation.document(), samples, random);
            body = bodyOnly && random.nextInt(7) > 0
                    ? mutation.spoil(operation.requestSchema(), good)
                    : Json.write(good);
            what = mutation.what();
            if (!Reading.allows(operation, body)) {
                promise = Promise.REFUSED;
            } else if (mutation.isAtLimit()) {
                promise = Promise.WITHIN_LIMITS;
            }
        }
        List<String> headers = headers();
        FuzzRequest request =
                new FuzzRequest(operation.method(), target(), headers, body.getBytes(StandardCharsets.UTF_8), what);
        if (bodyOnly) {
            return new Made(withLength(request), promise);
        }
        FuzzRequest spoilt = new Transport(random, tokens).spoil(request);
        return new Made(spoilt, Promise.NOTHING);
    }

    private ObjectNode good() {
        List<JsonNode> examples = operation.requests().entrySet().stream()
                .filter(example ->
                        operation.promise(example.getKey()).stream().anyMatch(promise -> promise.status() == 200))
                .map(Map.Entry::getValue)
                .toList();
        boolean isExample = !examples.isEmpty() && random.nextInt(3) > 0;
        ObjectNode body = isExample
                ? (ObjectNode) vocabulary.translated(Vocabulary.any(examples, random), random)
                : (ObjectNode) samples.of(operation.requestSchema(), "");
        spare(body);
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

    /** What the whole run stands on is neither changed nor deleted. */
    private void spare(ObjectNode body) {
        boolean changes = operation.path().matches(".*/task-(category|type)/(update|update_fields|delete)");
        for (String key : List.of("category_id", "task_type_id")) {
            if (changes && vocabulary.staysFor(key, body.path(key).asString(""))) {
                body.set(key, JsonNodeFactory.instance.stringNode(vocabulary.passing(key, random)));
            }
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
