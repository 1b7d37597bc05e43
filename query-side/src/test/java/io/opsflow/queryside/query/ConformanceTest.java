package io.opsflow.queryside.query;

import io.opsflow.api.json.Json;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Parameters;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatisticsQuery;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** All cases of the conformance set, in databases of two locales. */
class ConformanceTest {

    private static ReadModelDatabase inC;
    private static ReadModelDatabase inEnglish;

    @BeforeAll
    static void load() {
        inC = ReadModelDatabase.create("conformance_c");
        inEnglish = ReadModelDatabase.create("conformance_en", "en-US");
        inC.insertTasks(Conformance.tasks());
        inEnglish.insertTasks(Conformance.tasks());
    }

    static List<Named<Conformance.Case>> cases() {
        return Conformance.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inADatabaseOfLocaleC(Conformance.Case example) {
        example.check(answer(inC, example));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inADatabaseOfAnIcuLocale(Conformance.Case example) {
        example.check(answer(inEnglish, example));
    }

    private static JsonNode answer(ReadModelDatabase database, Conformance.Case example) {
        Members request = Members.of(example.request());
        if (example.method().equals("stat")) {
            StatisticsQuery query = StatisticsQuery.of(request, QuerySchema.TASK);
            return Json.mapper()
                    .valueToTree(database.queries().stat(TaskResource.of(""), ReadModelDatabase.OWNER, query));
        }
        Query query = Query.of(request, QuerySchema.TASK)
                .and(Parameters.read(
                        request,
                        QuerySchema.TASK,
                        "name",
                        "status_id",
                        "status_type",
                        "priority",
                        "category_id",
                        "task_type_id"));
        return Json.mapper().valueToTree(database.queries().list(TaskResource.of(""), ReadModelDatabase.OWNER, query));
    }
}
