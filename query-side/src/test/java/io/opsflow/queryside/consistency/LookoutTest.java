package io.opsflow.queryside.consistency;

import static io.opsflow.queryside.fixture.TaskEvents.OWNER;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class LookoutTest {

    private static final Duration HANGS = Duration.ofSeconds(3);

    @Test
    void itLooksAgainWhateverHasFailed() throws InterruptedException {
        DriverManagerDataSource database = new DriverManagerDataSource(Servers.newDatabase());
        JdbcClient.create(database)
                .sql("""
                        create table task as
                        select '%s' as task_id, 0 as version, '%s' as domain_id, '%s' as workspace_id, '' as project_id
                        """.formatted(id(1), OWNER.domainId(), OWNER.workspaceId()))
                .update();
        AtomicInteger looks = new AtomicInteger();
        var failingAtFirst = new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                if (looks.incrementAndGet() < 3) {
                    throw new UnsupportedOperationException("a mistake, and no failure of the database");
                }
                return super.getConnection();
            }
        };
        Waiting read = new Waiting(OWNER, Map.of(id(1), 0L));
        try (Lookout lookout = new Lookout(new HeldVersions(JdbcClient.create(failingAtFirst))).start()) {
            lookout.add(read);
            assertThat(read.await(RunningQuerySide.PATIENCE)).isTrue();
        }
        assertThat(looks).hasValueGreaterThanOrEqualTo(3);
    }

    /** Else what was committed long ago would be a 503 for three times as long as the database hung. */
    @Test
    void afterALookThatHungItLooksAgainSoon() throws InterruptedException {
        Instant start = Instant.now();
        AtomicInteger looks = new AtomicInteger();
        CountDownLatch secondLook = new CountDownLatch(1);
        var hangingAtFirst = new DelegatingDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (looks.incrementAndGet() == 1) {
                    await().until(() -> Duration.between(start, Instant.now()).compareTo(HANGS) > 0);
                } else {
                    secondLook.countDown();
                }
                throw new SQLException("the database is away");
            }
        };
        try (Lookout lookout = new Lookout(new HeldVersions(JdbcClient.create(hangingAtFirst))).start()) {
            lookout.add(new Waiting(OWNER, Map.of(id(1), 0L)));
            assertThat(secondLook.await(2 * HANGS.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
        }
    }

    @Test
    void readsLearnWhatIsCommittedHereWithoutALook() throws InterruptedException {
        var away = new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/away");
        Waiting read = new Waiting(OWNER, Map.of(id(1), 3L, id(2), 0L));
        try (Lookout lookout = new Lookout(new HeldVersions(JdbcClient.create(away))).start()) {
            lookout.add(read);
            lookout.learn(List.of(new Held(id(1), 2, caller -> true), new Held(id(2), 5, OWNER::equals)));
            assertThat(read.missing()).containsExactly(id(1));
            lookout.learn(List.of(new Held(id(1), 3, caller -> false)));
            assertThat(read.missing()).containsExactly(id(1));
            // the same row twice, where a batch was applied in pieces
            lookout.learn(List.of(new Held(id(1), 3, caller -> false), new Held(id(1), 4, caller -> true)));
            assertThat(read.await(RunningQuerySide.PATIENCE)).isTrue();
        }
    }
}
