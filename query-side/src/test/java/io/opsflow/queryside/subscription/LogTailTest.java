package io.opsflow.queryside.subscription;

import static io.opsflow.queryside.fixture.TaskEvents.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.queryside.fixture.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LogTailTest {

    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void whileNobodyListensCommitsMakeItLookNoMoreOften() throws Exception {
        try (LogTail tail = new LogTail(anEmptyLog()).start()) {
            assertThat(tail.now()).isZero();
            int before = looks.get();
            // One a second by itself, and one that was under way.
            await().pollInterval(Duration.ofMillis(10))
                    .during(Duration.ofSeconds(1))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> {
                        tail.changed();
                        return looks.get() <= before + 3;
                    });
        }
    }

    @Test
    void whileSomebodyListensACommitMakesItLook() throws Exception {
        try (LogTail tail = new LogTail(anEmptyLog()).start()) {
            assertThat(tail.now()).isZero();
            tail.listen(OWNER, new Inbox());
            int before = looks.get();
            tail.changed();
            await().until(() -> looks.get() > before);
        }
    }

    private EventPages anEmptyLog() {
        DriverManagerDataSource database = new DriverManagerDataSource(Servers.newDatabase());
        JdbcClient.create(database)
                .sql("create table event_log (global_index bigint)")
                .update();
        return new EventPages(JdbcClient.create(new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                looks.incrementAndGet();
                return super.getConnection();
            }
        }));
    }
}
