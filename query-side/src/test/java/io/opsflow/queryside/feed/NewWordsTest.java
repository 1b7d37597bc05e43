package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.RunningQuerySide;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@ExtendWith(OutputCaptureExtension.class)
class NewWordsTest {

    private static final int TASKS = 300;

    private final EventTopic topic = EventTopic.create(1);
    private final Happenings happenings = new Happenings();
    private final RunningQuerySide querySide = RunningQuerySide.on(topic);

    /** Which would sort them in as well. */
    @BeforeEach
    void withoutAutovacuum() {
        querySide
                .database()
                .sql("create extension pgstattuple with schema public")
                .update();
        querySide
                .database()
                .sql("alter table task set (autovacuum_enabled = off)")
                .update();
    }

    @AfterEach
    void close() {
        querySide.close();
        topic.close();
    }

    @Test
    void whatTheFeedHasWrittenIsSortedIn() {
        write();
        await().atMost(RunningQuerySide.PATIENCE).until(() -> waiting() == 0);
    }

    @Test
    void theyWaitUntilSomebodySortsThemInHoweverManyTheyAreAndAFailureIsTriedAgain(CapturedOutput output) {
        querySide.bean(NewWords.class).stop();
        write();
        assertThat(waiting()).isGreaterThan(TASKS);
        AtomicInteger attempts = new AtomicInteger();
        NewWords words = new NewWords(JdbcClient.create(failingAtFirst(attempts)));
        words.start();
        try {
            words.changed(List.of());
            await().atMost(RunningQuerySide.PATIENCE).until(() -> attempts.get() == 1);
            assertThat(waiting()).isGreaterThan(TASKS);
            words.changed(List.of());
            await().atMost(RunningQuerySide.PATIENCE).until(() -> waiting() == 0);
        } finally {
            words.stop();
        }
        assertThat(output.getAll()).containsOnlyOnce("new words cannot be sorted in");
    }

    private DataSource failingAtFirst(AtomicInteger attempts) {
        return new DelegatingDataSource(querySide.bean(DataSource.class)) {
            @Override
            public Connection getConnection() throws SQLException {
                if (attempts.incrementAndGet() == 1) {
                    throw new SQLException("the database is away");
                }
                return super.getConnection();
            }
        };
    }

    private void write() {
        for (int task = 0; task < TASKS; task++) {
            topic.send(happenings.one(taskCreated(id(task))));
        }
        querySide.awaitOffset(TASKS);
    }

    private long waiting() {
        return querySide.database().sql("""
                        select sum((pgstatginindex(oid)).pending_tuples)
                          from unnest('{task_name_substring,task_data}'::regclass[]) as oid
                        """).query(Long.class).single();
    }
}
