package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.StatisticsQuery;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is sent as a query is answered, or refused in the words of the contract. */
class AnythingSentTest {

    private static ReadModelDatabase database;

    @BeforeContainer
    static void load() {
        database = ReadModelDatabase.create("anything", Duration.ofSeconds(2));
        database.insertTasks(new RandomQueries(1).tasks(60));
    }

    @Property(tries = 500)
    void aListIsAnsweredOrRefused(@ForAll long seed) {
        RandomQueries random = new RandomQueries(seed);
        JsonNode query = random.mutated(random.listQuery());
        answeredOrRefused(
                query,
                request -> database.queries()
                        .list(TaskResource.of(""), ReadModelDatabase.OWNER, Query.of(request, QuerySchema.TASK)));
    }

    @Property(tries = 500)
    void aStatIsAnsweredOrRefused(@ForAll long seed) {
        RandomQueries random = new RandomQueries(seed);
        JsonNode query = random.mutated(new RandomStatistics(random).query());
        answeredOrRefused(
                query,
                request -> database.queries()
                        .stat(
                                TaskResource.of(""),
                                ReadModelDatabase.OWNER,
                                StatisticsQuery.of(request, QuerySchema.TASK)));
    }

    private static void answeredOrRefused(JsonNode query, java.util.function.Consumer<Members> service) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.set("query", query);
        try {
            service.accept(Members.of(ReadModelDatabase.json(request.toString())));
        } catch (ApiException e) {
            assertThat(e.status()).as(e.message()).isIn(400, 503);
        } catch (RuntimeException e) {
            throw new AssertionError("a failure of the service's own for " + request, e);
        }
    }
}
