package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.opsflow.api.error.ErrorCode;
import io.opsflow.api.query.Operator;
import io.opsflow.standalone.openapi.ApiDocument;
import io.opsflow.standalone.openapi.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The description is well formed, it is the one that is served, and it tells of all verbs and of no others. */
class ApiDescriptionTest extends ServiceTest {

    private static final String META_SCHEMA = "https://json-schema.org/draft/2020-12/schema";

    private static final Set<String> OF_A_KIND =
            Set.of("Idempotency-Key", "If-Match", "ETag", "Opsflow-Consistent-With");

    private final ApiDocument document = ApiDocument.published();

    @Test
    void itIsValidOpenApi() throws IOException {
        try (InputStream schema = getClass().getResourceAsStream("/openapi/oas-3.1.json")) {
            Schema openApi = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Objects.requireNonNull(schema));
            assertThat(openApi.validate(document.json())).isEmpty();
        }
        assertThat(document.json().get("openapi").stringValue()).startsWith("3.1.");
    }

    @Test
    void itsSchemasAreValidAndAllReferencesLeadSomewhere() {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(META_SCHEMA));
        for (JsonNode schema : document.json().findValues("schema")) {
            assertThat(metaSchema.validate(schema)).as("%s", schema).isEmpty();
        }
        document.json()
                .at("/components/schemas")
                .forEachEntry((name, schema) ->
                        assertThat(metaSchema.validate(schema)).as(name).isEmpty());
        assertThat(document.json().findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.json().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void itIsServedToEverybody() {
        ApiClient nobody = new ApiClient(service().address(), null);
        assertThat(nobody.get("/v3/api-docs").response().body())
                .isEqualTo(document.json().toString());
        assertThat(nobody.get("/swagger-ui/index.html").status()).isEqualTo(200);
    }

    @Test
    void everyVerbOfTheServiceIsDescribedAndNothingElseIs() {
        Set<String> served =
                service().context().getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                        .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                        .flatMap(ApiDescriptionTest::verbs)
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> aliases = served.stream()
                .filter(verb -> verb.contains(" /opsflow/") && !verb.contains(" /opsflow/v1/"))
                .collect(Collectors.toSet());
        served.removeAll(aliases);
        // The page's way to the demo's tokens, which no deployment has.
        served.remove("POST " + DemoSignIn.PATH);
        // One mapping for all groups of health; these two exist.
        served.remove("GET /actuator/health/**");
        served.addAll(Set.of("GET /actuator/health/liveness", "GET /actuator/health/readiness"));

        assertThat(document.operations().stream().map(Operation::toString)).containsExactlyInAnyOrderElementsOf(served);
        assertThat(aliases.stream().map(alias -> alias.replace("/opsflow/", "/opsflow/v1/")))
                .as("each path with its version is there without it")
                .containsExactlyInAnyOrderElementsOf(served.stream()
                        .filter(verb -> verb.contains("/opsflow/"))
                        .toList());
    }

    @Test
    void everyVerbIsExplainedWithItsErrorsAndExamples() {
        for (Operation operation : document.operations()) {
            assertThat(operation.json().path("summary").asString(""))
                    .as("%s", operation)
                    .isNotBlank();
            assertThat(operation.statuses()).as("%s", operation).contains("400", "500");
            assertThat(operation.successes())
                    .as("%s", operation)
                    .isNotEmpty()
                    .allSatisfy(example -> assertThat(document.problems(example.schema(), example.value()))
                            .isEmpty());
            if (operation.needsToken()) {
                assertThat(operation.statuses()).as("%s", operation).contains("401", "403", "413", "415", "503");
            }
            if (operation.takesBody()) {
                assertThat(operation.requests()).as("%s", operation).isNotEmpty();
                assertThat(operation.requests().keySet())
                        .as("%s", operation)
                        .allSatisfy(example -> assertThat(operation.promise(example))
                                .as(example)
                                .isPresent());
                assertThat(operation.goodRequests())
                        .as("%s", operation)
                        .allSatisfy(example -> assertThat(document.problems(operation.requestPointer(), example))
                                .isEmpty());
            }
        }
        assertThat(document.operations())
                .extracting(each -> each.json().get("operationId"))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyVerbHasTheHeadersOfItsKind() {
        for (Operation operation : document.operations()) {
            boolean writes = operation.path().matches(".*/(create|update|update_fields|change_status|delete)");
            boolean reads = operation.path().startsWith("/opsflow/v1/")
                    && operation.method().equals("POST")
                    && !writes;
            boolean answersOne = writes || operation.path().matches(".*/(get|get_at|history)");
            assertThat(operation.parameters())
                    .as("%s", operation)
                    .extracting(parameter -> parameter.get("name").stringValue())
                    .filteredOn(OF_A_KIND::contains)
                    .containsExactlyInAnyOrderElementsOf(
                            writes
                                    ? List.of("Idempotency-Key", "If-Match")
                                    : reads ? List.of("Opsflow-Consistent-With") : List.of());
            assertThat(operation.json().at("/responses/200/headers").propertyNames())
                    .as("%s", operation)
                    .filteredOn(OF_A_KIND::contains)
                    .containsExactlyInAnyOrderElementsOf(
                            writes
                                    ? List.of("ETag", "Opsflow-Consistent-With")
                                    : answersOne ? List.of("ETag") : List.of());
        }
    }

    @Test
    void everyErrorCodeAndOperatorIsNamed() {
        assertThat(names("/components/schemas/Error/properties/detail/properties/code/enum"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
        assertThat(names("/components/schemas/Condition/properties/o/enum"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Operator.values()).map(Operator::wireName).toList());
        assertThat(document.json().findValuesAsString("const"))
                .filteredOn(name -> name.startsWith("ERROR_"))
                .isSubsetOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    }

    private Stream<String> names(String pointer) {
        return document.json().at(pointer).valueStream().map(JsonNode::stringValue);
    }

    private static Stream<String> verbs(RequestMappingInfo mapping) {
        return mapping.getPatternValues().stream()
                .flatMap(path ->
                        mapping.getMethodsCondition().getMethods().stream().map(method -> method + " " + path));
    }
}
