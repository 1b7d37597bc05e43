package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.CreateTaskCategory;
import io.opsflow.api.catalog.CreateTaskType;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.CreateTask;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.standalone.openapi.ApiDocument;
import io.opsflow.standalone.openapi.Operation;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every example of the API's description is sent as it stands, and gets the answer that it promises. */
class ApiExamplesTest extends ServiceTest {

    private static final Caller OWNER = new Caller(
            Role.WORKSPACE_OWNER, ActorKind.USER, "owner@example.com", Demo.DOMAIN, Demo.WORKSPACE, null, List.of());
    private static final Caller ADMIN =
            new Caller(Role.DOMAIN_ADMIN, ActorKind.USER, "admin@example.com", Demo.DOMAIN, null, null, List.of());
    private static final String SYSTEM = "/admin/";
    private static final String CATALOG = "/opsflow/v1/task-";

    private final ApiDocument document = ApiDocument.published();
    private final ApiClient ownerOfTheDemo =
            as(token("WORKSPACE_OWNER").workspace(Demo.WORKSPACE).user("owner@example.com"));
    private final ApiClient systemAdmin =
            as(service().identity().token(Demo.ROOT_DOMAIN).role("SYSTEM_ADMIN").user("root@example.com"));

    /** What the last write answered: reads wait for it. */
    private String lastChange = "";

    @BeforeAll
    static void whatTheExamplesNameIsThere() {
        for (String last : List.of("a", "d")) {
            send(
                    new CreateTaskCategory(
                            "category-00000000000" + last,
                            Demo.DOMAIN,
                            "Wishes",
                            new StatusOptions(
                                    option("status-00000000000a"),
                                    option("status-00000000000b"),
                                    option("status-00000000000c")),
                            "",
                            List.of(),
                            nothing(),
                            ""),
                    ADMIN);
            send(
                    new CreateTaskType(
                            "task-type-00000000000" + last,
                            "Wish",
                            Demo.CATEGORY,
                            "",
                            List.of(),
                            List.of(),
                            false,
                            nothing()),
                    ADMIN);
            send(
                    new CreateTask(
                            "task-00000000000" + last,
                            Demo.DOMAIN,
                            Demo.WORKSPACE,
                            "Fan is loud",
                            Demo.TODO,
                            Demo.PROJECT,
                            Demo.TASK_TYPE,
                            Priority.MEDIUM,
                            "",
                            List.of(),
                            Mentions.NONE,
                            "",
                            nothing()),
                    OWNER);
        }
    }

    /** In the order of the description: what one verb has changed the next one answers. */
    @Test
    void everyExampleGetsTheAnswerThatItPromises() {
        for (Operation operation : document.operations()) {
            operation.requests().forEach((name, request) -> {
                Operation.Promise promise = operation.promise(name).orElseThrow();
                ApiClient.Answer answer = caller(operation).post(operation.path(), request, consistent(operation));
                lastChange = answer.header("Opsflow-Consistent-With").isEmpty()
                        ? lastChange
                        : answer.header("Opsflow-Consistent-With");

                assertThat(form(answer.body())).as("%s, %s", operation, name).isEqualTo(form(promise.body()));
                assertThat(answer.status()).isEqualTo(promise.status());
            });
        }
    }

    @Test
    void everyVerbWithoutABodyAnswers() {
        for (Operation operation : document.operations()) {
            if (!operation.takesBody()
                    && operation.method().equals("GET")
                    && !operation.path().endsWith("/subscribe")) {
                ApiClient.Answer answer = caller(operation).get(operation.path());
                assertThat(answer.status()).as("%s", operation).isIn(200, 302);
                operation
                        .promise("serving")
                        .ifPresent(promise -> assertThat(answer.body()).isEqualTo(promise.body()));
            }
        }
    }

    /** The verbs that change what is there take the same headers as those that create. */
    @Test
    void everyExampleOfAHeaderOrParameterIsTaken() throws Exception {
        for (Operation operation : document.operations()) {
            if (operation.path().matches(".*/(update|update_fields|change_status|delete|rebuild)")) {
                continue;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(owner.uri(operation.path() + query(operation)))
                    .method(operation.method(), body(operation))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + caller(operation).token());
            // A key is for one request, and no two verbs take the same one.
            parameters(operation, "header")
                    .forEach((name, example) -> request.header(
                            name,
                            name.equals("Idempotency-Key")
                                    ? example + operation.path().replace('/', '-')
                                    : example));

            HttpResponse<InputStream> answer =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            assertThat(answer.statusCode()).as("%s", operation).isEqualTo(promised(operation));
        }
    }

    private static HttpRequest.BodyPublisher body(Operation operation) {
        return operation.requests().values().stream()
                .findFirst()
                .map(example -> HttpRequest.BodyPublishers.ofString(Json.write(example)))
                .orElse(HttpRequest.BodyPublishers.noBody());
    }

    /** To the first example; where there is none, to what needs no body. */
    private static int promised(Operation operation) {
        return operation.requests().keySet().stream()
                .findFirst()
                .map(example -> operation.promise(example).orElseThrow().status())
                .orElse(operation.path().endsWith(".html") ? 302 : 200);
    }

    private static String query(Operation operation) {
        return "?"
                + parameters(operation, "query").entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining("&"));
    }

    /** The examples by name. */
    private static Map<String, String> parameters(Operation operation, String place) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.get("in").stringValue().equals(place))
                .collect(Collectors.toMap(
                        parameter -> parameter.get("name").stringValue(),
                        parameter -> parameter.get("example").stringValue()));
    }

    private ApiClient caller(Operation operation) {
        if (operation.path().startsWith(SYSTEM)) {
            return systemAdmin;
        }
        return operation.path().startsWith(CATALOG) ? admin() : ownerOfTheDemo;
    }

    private Map<String, String> consistent(Operation operation) {
        boolean reads = operation.parameters().stream()
                .anyMatch(parameter -> parameter.get("name").stringValue().equals("Opsflow-Consistent-With"));
        return reads && !lastChange.isEmpty() ? Map.of("Opsflow-Consistent-With", lastChange) : Map.of();
    }

    /** Times and ids are made by the service: of them only the form is promised. */
    private static String form(JsonNode body) {
        return Json.write(body)
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "<time>")
                .replaceAll("(task|category|task-type|status|event)-[0-9a-f]{12}", "$1-<id>");
    }

    private static List<StatusOption> option(String id) {
        return List.of(new StatusOption(id, id, "", true));
    }

    private static ObjectNode nothing() {
        return Json.mapper().createObjectNode();
    }

    private static void send(Object command, Caller caller) {
        service()
                .context()
                .getBean(CommandGateway.class)
                .sendAndWait(
                        command,
                        MetaData.from(Map.of(
                                EventMetadata.CALLER, caller,
                                EventMetadata.ACTOR, caller.userId(),
                                EventMetadata.ACTOR_KIND, caller.kind().name(),
                                EventMetadata.REQUEST_ID, UUID.randomUUID().toString(),
                                EventMetadata.CORRELATION_ID, "examples")));
    }
}
