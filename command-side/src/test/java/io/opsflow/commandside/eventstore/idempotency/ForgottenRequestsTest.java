package io.opsflow.commandside.eventstore.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.commandside.eventstore.StoreTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ForgottenRequestsTest extends StoreTest {

    @Test
    void oldKeysAreForgottenAndOthersAreNot() {
        for (String key : List.of("old", "new")) {
            keyed(new KeyedRequest(new IdempotencyKey("domain-1", "kim", key), "hash"), renamed("task-" + key, 0));
        }
        sql.update("update answered_request set answered_at = now() - interval '25 h' where key = 'old'");
        AnsweredRequests requests = new AnsweredRequests(JdbcClient.create(sql));

        requests.forgetAfter(Duration.ofHours(24));

        assertThat(requests.find(new IdempotencyKey("domain-1", "kim", "old"))).isEmpty();
        assertThat(requests.find(new IdempotencyKey("domain-1", "kim", "new"))).isPresent();
    }

    @Test
    void oldKeysAreForgottenInPortions() {
        for (int i = 0; i < 5; i++) {
            keyed(new KeyedRequest(new IdempotencyKey("domain-1", "kim", "k" + i), "hash"), renamed("task-" + i, 0));
        }
        sql.update("update answered_request set answered_at = now() - interval '25 h' where key <> 'k4'");
        sql.execute("create table forgotten (portion bigint)");
        sql.execute("""
                create function count_forgotten() returns trigger language plpgsql as $$
                begin
                    insert into forgotten select count(*) from old;
                    return null;
                end
                $$
                """);
        sql.execute("""
                create trigger count_forgotten after delete on answered_request
                referencing old table as old for each statement execute function count_forgotten()
                """);

        new AnsweredRequests(JdbcClient.create(sql)).forgetAfter(Duration.ofHours(24), 2);

        assertThat(sql.queryForList("select portion from forgotten", Long.class))
                .containsExactly(2L, 2L, 0L);
        assertThat(sql.queryForList("select key from answered_request", String.class))
                .containsExactly("k4");
    }

    /** Two nodes, eight writers, connections that are killed all the time: what was acknowledged is there, once. */
}
