package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.task.TaskInfo;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private final ReadModelDatabase database = ReadModelDatabase.create("time_limit", Duration.ofSeconds(1));

    /** One that waits for a lock is as slow as one likes, on any machine. */
    @Test
    void aQueryPastItsTimeLimitIsGivenUpWithAClearReason() {
        database.dsl().transaction(lock -> {
            lock.dsl().execute("lock table task in access exclusive mode");
            assertThatExceptionOfType(ApiException.class)
                    .isThrownBy(() -> list("disk"))
                    .matches(e -> e.status() == 503)
                    .withMessageStartingWith("The query ran past its time limit of ");
        });
        assertThat(list("no such name").totalCount()).isZero();
        assertThat(database.meters().get("opsflow.query.timeouts").counter().count())
                .isEqualTo(1);
    }

    /** No portion of it takes long, but there are a hundred. */
    @Test
    void anAnswerInPortionsIsGivenUpLikewise() {
        String slow = "select pg_sleep(0.002)::text from generate_series(1, 10000)";
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> database.reader().read(dsl -> {
                    AnswerSize size = ReadModelDatabase.endlessRoom(database.meters())
                            .answer(ReadModelDatabase.OWNER, "query.page.limit");
                    Portions.read(dsl, dsl.resultQuery(slow), 10_000, size, row -> {});
                    return slow;
                }))
                .matches(e -> e.status() == 503)
                .withMessageStartingWith("The query ran past its time limit of ");
        assertThat(list("no such name").totalCount()).isZero();
    }

    @Test
    void aRegularExpressionThatExplodesIsStopped() {
        database.insertTasks(new RandomQueries(1).tasks(2_000));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> list("(((a{0,255}){0,255}){0,100}b|(.*.*.*.*)*c)d"))
                .matches(e -> e.status() == 503 || e.status() == 400);
    }

    private ListAnswer<TaskInfo> list(String regex) {
        Members request = Members.of(ReadModelDatabase.json(
                "{\"query\": {\"filter\": [{\"k\": \"name\", \"o\": \"regex\", \"v\": \"%s\"}]}}".formatted(regex)));
        return database.queries()
                .list(TaskResource.of(""), ReadModelDatabase.OWNER, Query.of(request, QuerySchema.TASK));
    }
}
