package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    @Test
    void aQueryPastItsTimeLimitIsGivenUp() {
        ReadModelDatabase database = ReadModelDatabase.create("time_limit", Duration.ofMillis(50));
        database.insertTasks(new RandomQueries(1).tasks(2_000));
        String slow = "(((a{0,255}){0,255}){0,100}b|(.*.*.*.*)*c)d";
        Members request = Members.of(ReadModelDatabase.json(
                "{\"query\": {\"filter\": [{\"k\": \"name\", \"o\": \"regex\", \"v\": \"%s\"}]}}".formatted(slow)));
        Query query = Query.of(request, QuerySchema.TASK);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> database.queries().list(TaskResource.of(""), ReadModelDatabase.OWNER, query))
                .matches(e -> e.status() == 503 || e.status() == 400);
    }
}
