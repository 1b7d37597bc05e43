package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CreateTaskApiTest extends ServiceTest {

    private static final String TIMESTAMP = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z";

    @Test
    void theAnswerCarriesEveryFieldAndWhatIsUnsetIsEmpty() {
        var answer = owner.task("create", aTask("Disk full"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().propertyNames())
                .containsExactly(
                        "task_id",
                        "name",
                        "status_id",
                        "status_type",
                        "priority",
                        "description",
                        "data",
                        "files",
                        "assignee",
                        "created_by",
                        "domain_id",
                        "workspace_id",
                        "project_id",
                        "category_id",
                        "task_type_id",
                        "created_at",
                        "started_at",
                        "updated_at",
                        "completed_at");
        assertThat(answer.text("task_id")).matches("task-[0-9a-f]{12}");
        assertThat(answer.text("created_at")).matches(TIMESTAMP).isEqualTo(answer.text("updated_at"));
        assertThat(answer.body().get("data").toString()).isEqualTo("{}");
        assertThat(answer.body().get("files").toString()).isEqualTo("[]");
        assertThat(List.of("description", "assignee", "started_at", "completed_at"))
                .allSatisfy(member -> assertThat(answer.text(member)).isEmpty());
        assertThat(answer.text("priority")).isEqualTo("MEDIUM");
        assertThat(answer.text("status_type")).isEqualTo("TODO");
        assertThat(answer.text("category_id")).isEqualTo(Demo.CATEGORY);
        assertThat(answer.text("created_by")).isEqualTo("owner@example.com");
        assertThat(answer.text("domain_id")).isEqualTo(Demo.DOMAIN);
        assertThat(answer.text("workspace_id")).isEqualTo(workspace);
        assertThat(answer.response().headers().firstValue("ETag")).contains("\"0\"");
    }

    @Test
    void whatTheWriteAnsweredIsWhatGetAnswers() {
        var request = with(with(aTask("Disk full"), "files", List.of("file-1", "file-2")), "data", Map.of("a", 1));

        var created = owner.task("create", with(request, "status_id", Demo.DONE));

        assertThat(visible(owner, created).body()).isEqualTo(created.body());
    }

    @Test
    void textsAreTrimmedAtTheTopAndInsideData() {
        var request = with(aTask("  Disk full \n"), "data", Map.of("note", " x ", "list", List.of(" y ")));

        var answer = owner.task("create", with(request, "assignee", " kim "));

        assertThat(answer.text("name")).isEqualTo("Disk full");
        assertThat(answer.text("assignee")).isEqualTo("kim");
        assertThat(answer.body().at("/data/note").stringValue()).isEqualTo("x");
        assertThat(answer.body().at("/data/list/0").stringValue()).isEqualTo("y");
    }

    @Test
    void numbersInDataComeBackWithTheirDigits() {
        String data =
                "{\"b\":1.10,\"a\":12345678901234567890.123456789,\"c\":0,\"d\":-12e2,\"e\":1e308,\"f\":0.0000001,\"g\":-0}";
        String request = Json.write(aTask("Digits")).replaceFirst("}$", ",\"data\":" + data + "}");

        var created = visible(owner, owner.post("/opsflow/v1/task/create", request));

        assertThat(created.response().body()).contains(data);
    }

    @Test
    void namesAndNumbersInDataMayBeAsLongAsItsLimitsSay() {
        String data = "{\"%s\":0.%s}".formatted("n".repeat(200_000), "3".repeat(1_500));
        String request = Json.write(aTask("Long")).replaceFirst("}$", ",\"data\":" + data + "}");

        var created = visible(owner, owner.post("/opsflow/v1/task/create", request));

        assertThat(created.response().body().contains(data)).isTrue();
    }

    @Test
    void insideDataEverythingCountsAsItStands() {
        String data = "{\"zero\":0,\"empty\":\"\",\"none\":null,\"list\":[],\"camelCase\":{\"snake_case\":false}}";
        String request = Json.write(aTask("Data")).replaceFirst("}$", ",\"data\":" + data + "}");

        assertThat(visible(owner, owner.post("/opsflow/v1/task/create", request))
                        .response()
                        .body())
                .contains("\"data\":" + data);
    }

    @Test
    void filesComeWithWhatTheTaskKnowsOfThem() {
        JsonNode file = owner.task("create", with(aTask("Files"), "files", List.of("file-1")))
                .body()
                .at("/files/0");

        assertThat(file.propertyNames())
                .containsExactly(
                        "file_id",
                        "name",
                        "download_url",
                        "reference",
                        "tags",
                        "resource_group",
                        "domain_id",
                        "workspace_id",
                        "project_id",
                        "created_at");
        assertThat(file.get("file_id").stringValue()).isEqualTo("file-1");
        assertThat(file.get("name").stringValue()).isEmpty();
        assertThat(file.get("download_url").stringValue()).contains("file-1");
        assertThat(file.at("/reference/resource_type").stringValue()).isEqualTo("opsflow.Task");
        assertThat(file.at("/reference/resource_id").stringValue()).startsWith("task-");
        assertThat(file.get("resource_group").stringValue()).isEqualTo("PROJECT");
    }

    @ParameterizedTest
    @CsvSource({"1,HIGH", "2,MEDIUM", "3,LOW", "0,MEDIUM", "\"LOW\",LOW", "null,MEDIUM", "\"TASK_PRIORITY_NONE\",MEDIUM"
    })
    void aPriorityIsANameOrANumber(String sent, String answered) {
        String request = Json.write(aTask("Priority")).replaceFirst("}$", ",\"priority\":" + sent + "}");

        assertThat(owner.post("/opsflow/v1/task/create", request).text("priority"))
                .isEqualTo(answered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "1.5", "-1", "\"URGENT\"", "\"high\""})
    void anyOtherPriorityIsInvalid(String sent) {
        String request = Json.write(aTask("Priority")).replaceFirst("}$", ",\"priority\":" + sent + "}");

        var answer = owner.post("/opsflow/v1/task/create", request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith("Parameter is invalid. (key = priority, ");
    }

    @Test
    void aTaskMayBeginInAnyStatus() {
        var started = owner.task("create", with(aTask("Started"), "status_id", Demo.IN_PROGRESS));
        assertThat(started.text("started_at")).isEqualTo(started.text("created_at"));
        assertThat(started.text("completed_at")).isEmpty();

        var completed = owner.task("create", with(aTask("Completed"), "status_id", Demo.DONE));
        assertThat(completed.text("started_at")).isEqualTo(completed.text("created_at"));
        assertThat(completed.text("completed_at")).isEqualTo(completed.text("created_at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "status_id", "project_id", "task_type_id"})
    void whatIsRequiredMustBeThere(String member) {
        var request = aTask("Disk full");
        for (Object nothing : new Object[] {"", 0, List.of()}) {
            required(owner.task("create", with(request, member, nothing)), member);
        }
        request.remove(member);
        required(owner.task("create", request), member);
    }

    @Test
    void onlyTheFirstProblemInFieldOrderIsReported() {
        required(owner.task("create", Map.of("data", 7, "priority", "URGENT")), "name");
        wrongType(owner.task("create", Map.of("priority", "URGENT", "name", List.of("x"))), "name", "string");
    }

    @Test
    void limitsHoldAndAreNamed() {
        assertThat(owner.task("create", aTask("ü".repeat(255))).status()).isEqualTo(200);
        invalid(owner.task("create", aTask("x".repeat(256))), "name", "at most 255 characters");
        invalid(owner.task("create", aTask("  ")), "name", "it must not be blank");

        var task = aTask("Limits");
        assertThat(owner.task("create", with(task, "description", "x".repeat(100_000)))
                        .status())
                .isEqualTo(200);
        invalid(
                owner.task("create", with(task, "description", "x".repeat(100_001))),
                "description",
                "at most 100,000 characters");
        invalid(owner.task("create", with(task, "assignee", "x".repeat(256))), "assignee", "at most 255 characters");
        assertThat(owner.task("create", with(task, "files", Collections.nCopies(100, "f")))
                        .status())
                .isEqualTo(200);
        invalid(
                owner.task("create", with(task, "files", Collections.nCopies(101, "f"))),
                "files",
                "at most 100 elements");
        invalid(
                owner.task("create", with(task, "mentions", Map.of("USER", Collections.nCopies(101, "u")))),
                "mentions.USER",
                "at most 100 elements");
    }

    @Test
    void dataHasItsLimitsToo() {
        var task = aTask("Data");
        assertThat(owner.task("create", with(task, "data", nested(31))).status())
                .isEqualTo(200);
        invalid(owner.task("create", with(task, "data", nested(32))), "data", "at most 32 levels deep");
        assertThat(owner.task("create", with(task, "data", Map.of("x", "y".repeat(200 * 1024))))
                        .status())
                .isEqualTo(200);
        invalid(
                owner.task("create", with(task, "data", Map.of("x", "y".repeat(257 * 1024)))),
                "data",
                "at most 256 KiB");
        wrongType(owner.task("create", with(task, "data", List.of(1))), "data", "dictionary");
    }

    @Test
    void wrongTypesAreNamed() {
        var task = aTask("Types");
        wrongType(owner.task("create", with(task, "files", "file-1")), "files", "list");
        wrongType(owner.task("create", with(task, "files", List.of("a", 5))), "files[1]", "string");
        wrongType(owner.task("create", with(task, "name", 5)), "name", "string");
        wrongType(owner.task("create", with(task, "mentions", "kim")), "mentions", "dictionary");
        invalid(
                owner.task("create", with(task, "mentions", Map.of("GROUP", List.of()))),
                "mentions.GROUP",
                "unknown member");
    }

    @Test
    void mentionsMayBeGivenAndEmpty() {
        assertThat(owner.task("create", with(aTask("Mentions"), "mentions", Map.of()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void unknownMembersAreRefused() {
        invalid(owner.task("create", with(aTask("Unknown"), "nmae", "x")), "nmae", "unknown member");
    }

    @Test
    void aTypeThatIsNotThereIsNotFound() {
        notFound(
                owner.task("create", with(aTask("Type"), "task_type_id", "task-type-ffffffffffff")),
                "task_type_id",
                "task-type-ffffffffffff");
    }

    @Test
    void anIdOfSomethingElseIsNotFoundThoughItIsKnown() {
        String task = owner.task("create", aTask("No type")).text("task_id");

        for (String id : List.of(task, Demo.CATEGORY)) {
            notFound(owner.task("create", with(aTask("Type"), "task_type_id", id)), "task_type_id", id);
        }
    }

    @Test
    void aStatusOfAnotherCategoryIsInvalid() {
        invalid(
                owner.task("create", with(aTask("Status"), "status_id", "status-ffffffffffff")),
                "status_id",
                "it is not a status of the task's category");
    }

    /** An object with this many more inside it. */
    private static Map<String, ?> nested(int levels) {
        Map<String, ?> inner = Map.of();
        for (int i = 0; i < levels; i++) {
            inner = Map.of("a", inner);
        }
        return inner;
    }

    @Test
    void dataHoldsWhatTheFieldsOfItsCategoryAndItsTypeSay() {
        String type = typeWithFields();

        required(create(type, Map.of()), "data.area");
        required(create(type, Map.of("severity", List.of("high"))), "data.area");
        wrongType(create(type, Map.of("area", 1)), "data.area", "string");
        wrongType(create(type, with(Map.of("area", "x"), "severity", "high")), "data.severity", "list");
        wrongType(create(type, with(Map.of("area", "x"), "severity", List.of("a", 1))), "data.severity[1]", "string");
        invalid(create(type, with(Map.of("area", "x"), "due", "soon")), "data.due", "not an ISO 8601 time");
        wrongType(
                create(type, with(Map.of("area", "x"), "due", Collections.singletonList("2025-01-01"))),
                "data.due",
                "string");

        var data = Map.of("area", "x", "severity", List.of("high"), "due", "2025-01-01", "free", Map.of("a", 1));
        var task = create(type, data);
        assertThat(task.status()).as("%s", task.body()).isEqualTo(200);
        assertThat(task.body().get("data")).isEqualTo(Json.mapper().valueToTree(data));
        String id = task.text("task_id");
        wrongType(owner.task("update", Map.of("task_id", id, "data", Map.of("due", 1))), "data.due", "string");
        assertThat(owner.task("update", Map.of("task_id", id, "data", Map.of("due", "2025")))
                        .status())
                .isEqualTo(200);
    }

    private ApiClient.Answer create(String typeId, Map<String, Object> data) {
        return owner.task("create", with(with(aTask("x"), "task_type_id", typeId), "data", data));
    }

    /** A required text {@code area} of the category, a DROPDOWN {@code severity} and a DATE {@code due} of the type. */
    private static String typeWithFields() {
        var options = Map.of(
                "TODO", List.of(Map.of("name", "a", "status_id", Demo.TODO)),
                "IN_PROGRESS", List.of(Map.of("name", "b")),
                "COMPLETED", List.of(Map.of("name", "c")));
        var area = Map.of("field_id", "area", "name", "Area", "field_type", "TEXT", "is_required", true);
        var category = admin().post(
                        "/opsflow/v1/task-category/create",
                        Map.of("name", "x", "status_options", options, "fields", List.of(area)));
        var severity = Map.of("field_id", "severity", "name", "Severity", "field_type", "DROPDOWN");
        var due = Map.of("field_id", "due", "name", "Due", "field_type", "DATE");
        return admin().post(
                        "/opsflow/v1/task-type/create",
                        Map.of(
                                "name", "x",
                                "category_id", category.text("category_id"),
                                "fields", List.of(severity, due)))
                .text("task_type_id");
    }
}
