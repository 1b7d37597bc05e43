package io.opsflow.commandside.task;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.api.catalog.FieldType;
import io.opsflow.api.catalog.SelectionType;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.commandside.catalog.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataRulesTest extends TaskTest {

    @ParameterizedTest
    @CsvSource({"TEXT", "PARAGRAPH", "PROJECT", "PROVIDER", "SERVICE_ACCOUNT"})
    void someFieldsHoldAString(FieldType type) {
        assertTaken(type, SelectionType.SINGLE, "\"a\"");
        assertTaken(type, SelectionType.SINGLE, "\"\"");
        for (String value : List.of("1", "true", "null", "[\"a\"]", "{}")) {
            assertRefused(type, SelectionType.SINGLE, value, wrongType("data.f", "string"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LABELS, SINGLE",
        "DROPDOWN, SINGLE",
        "USER, SINGLE",
        "ASSET, SINGLE",
        "LABELS, MULTI",
        "DROPDOWN, MULTI",
        "USER, MULTI",
        "ASSET, MULTI",
        "PROJECT, MULTI",
        "PROVIDER, MULTI",
        "SERVICE_ACCOUNT, MULTI"
    })
    void someFieldsHoldAListOfStrings(FieldType type, SelectionType selection) {
        assertTaken(type, selection, "[\"a\", \"b\"]");
        assertTaken(type, selection, "[]");
        for (String value : List.of("\"a\"", "1", "null", "{}")) {
            assertRefused(type, selection, value, wrongType("data.f", "list"));
        }
        assertRefused(type, selection, "[\"a\", 1]", wrongType("data.f[1]", "string"));
    }

    @ParameterizedTest
    @CsvSource({"SINGLE", "MULTI"})
    void aDateIsAnIsoTime(SelectionType selection) {
        for (String value : List.of("2025-01-02", "2025-01-02T03:04:05.678Z", "20250102", "2025-W01-1")) {
            assertTaken(FieldType.DATE, selection, "\"" + value + "\"");
        }
        for (String value : List.of("tomorrow", "2025-02-30", "")) {
            assertRefused(
                    FieldType.DATE,
                    selection,
                    "\"" + value + "\"",
                    "Parameter is invalid. (key = data.f, reason = not an ISO 8601 time)");
        }
        assertRefused(FieldType.DATE, selection, "1735787045", wrongType("data.f", "string"));
    }

    @ParameterizedTest
    @CsvSource({"TEXT", "PARAGRAPH"})
    void aTextIsNeverAList(FieldType type) {
        assertTaken(type, SelectionType.MULTI, "\"a\"");
        assertRefused(type, SelectionType.MULTI, "[\"a\"]", wrongType("data.f", "string"));
    }

    @Test
    void otherKeysAreFree() {
        rules(List.of(), List.of(text("f", false))).checkNew(json("{\"g\":[1,{\"f\":null}]}"));
    }

    @Test
    void aRequiredFieldMustBeThereAtFirst() {
        DataRules rules = rules(List.of(), List.of(text("f", true)));
        assertThatThrownBy(() -> rules.checkNew(json("{\"g\":1}"))).hasMessage("Required parameter. (key = data.f)");
        assertThatThrownBy(() -> rules.checkNew(json("{\"f\":null}"))).hasMessage(wrongType("data.f", "string"));
        assertThatCode(() -> rules.checkNew(json("{\"f\":\"\"}"))).doesNotThrowAnyException();
        assertThatCode(() -> rules.check(json("{\"g\":1}"))).doesNotThrowAnyException();
    }

    @Test
    void theFirstProblemInTheOrderOfTheFieldsIsReportedAndTheCategorysComeFirst() {
        DataRules rules = rules(List.of(text("z", false), text("y", true)), List.of(text("a", true)));
        assertThatThrownBy(() -> rules.checkNew(json("{\"z\":1}"))).hasMessage(wrongType("data.z", "string"));
        assertThatThrownBy(() -> rules.checkNew(json("{}"))).hasMessage("Required parameter. (key = data.y)");
        assertThatThrownBy(() -> rules.checkNew(json("{\"y\":\"\"}"))).hasMessage("Required parameter. (key = data.a)");
    }

    @Test
    void theTypesFieldCountsWhereBothHaveIt() {
        DataRules rules = rules(
                List.of(new TaskField("f", "F", "", FieldType.LABELS, json("{}"), SelectionType.MULTI, true, false)),
                List.of(text("f", false)));
        assertThatCode(() -> rules.checkNew(json("{}"))).doesNotThrowAnyException();
        assertThatCode(() -> rules.checkNew(json("{\"f\":\"a\"}"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> rules.checkNew(json("{\"f\":[]}"))).hasMessage(wrongType("data.f", "string"));
    }

    @Test
    void aLongFieldIdIsShortenedInTheErrorAndNoCharacterIsCutApart() {
        String id = "🎉".repeat(120);
        assertThatThrownBy(() -> rules(List.of(), List.of(text(id, true))).checkNew(json("{}")))
                .hasMessage("Required parameter. (key = data." + "🎉".repeat(100) + "...)");
    }

    private static void assertTaken(FieldType type, SelectionType selection, String value) {
        assertThatCode(() -> rules(type, selection).check(json("{\"f\":" + value + "}")))
                .as("%s in %s %s", value, selection, type)
                .doesNotThrowAnyException();
    }

    private static void assertRefused(FieldType type, SelectionType selection, String value, String message) {
        assertThatThrownBy(() -> rules(type, selection).check(json("{\"f\":" + value + "}")))
                .as("%s in %s %s", value, selection, type)
                .hasMessage(message);
    }

    private static DataRules rules(FieldType type, SelectionType selection) {
        return rules(List.of(), List.of(new TaskField("f", "F", "", type, json("{}"), selection, false, false)));
    }

    private static DataRules rules(List<TaskField> ofCategory, List<TaskField> ofType) {
        return new DataRules(
                new Catalog.Category(CATEGORY, DOMAIN, true, STATUSES, ofCategory),
                new Catalog.Type(TYPE, DOMAIN, CATEGORY, true, ofType));
    }

    private static String wrongType(String key, String type) {
        return "Parameter type is invalid. (key = %s, type = %s)".formatted(key, type);
    }
}
