package io.opsflow.queryside.subscription;

import static io.opsflow.queryside.fixture.TaskEvents.OWNER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.web.token.TokenLife;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class SubscriptionsTest {

    private static final TokenLife TOKEN = new TokenLife(Instant.MAX, () -> true);

    private final CountDownLatch answers = new CountDownLatch(1);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void whoResumesIsServedOnceTheLogIsCounted() {
        try (Subscriptions subscriptions = new Subscriptions(
                anEmptyLog(),
                new SubscriptionSettings(1, Duration.ofSeconds(15)),
                Clock.systemUTC(),
                new SimpleMeterRegistry())) {
            subscriptions.start();
            Thread.startVirtualThread(() -> subscriptions.serve(OWNER, TOKEN, new From(7L), out));
            await().during(Duration.ofMillis(300)).until(() -> out.size() == 0);

            answers.countDown();
            await().untilAsserted(() -> assertThat(out).hasToString("id: 7\n\n"));
            subscriptions.stop();
        }
    }

    @Test
    void aStreamThatCannotReadThePastEndsAndIsCounted() {
        DelegatingDataSource database = anEmptyLog();
        answers.countDown();
        JdbcClient.create(database)
                .sql("insert into event_log values (1, 'without what a page needs')")
                .update();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Subscriptions subscriptions = new Subscriptions(
                database, new SubscriptionSettings(1, Duration.ofSeconds(15)), Clock.systemUTC(), meters)) {
            subscriptions.start();

            subscriptions.serve(OWNER, TOKEN, new From(0L), out);

            assertThat(out).hasToString("id: 0\n\n");
            assertThat(meters.get("opsflow.subscription.ended")
                            .tag("reason", "unavailable")
                            .counter()
                            .count())
                    .isEqualTo(1);
            subscriptions.stop();
        }
    }

    /** One that does not answer yet. */
    private DelegatingDataSource anEmptyLog() {
        DriverManagerDataSource database = new DriverManagerDataSource(Servers.newDatabase());
        JdbcClient.create(database)
                .sql("create table event_log (global_index bigint, event_id text)")
                .update();
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                try {
                    answers.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SQLException(e);
                }
                return super.getConnection();
            }
        };
    }
}
