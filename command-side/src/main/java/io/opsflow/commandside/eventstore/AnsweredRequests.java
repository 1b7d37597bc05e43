package io.opsflow.commandside.eventstore;

import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests with idempotency keys that were answered. They are written with the events, by {@link AppendTransaction}. */
public final class AnsweredRequests {

    private static final String FIND = """
            select request_hash, aggregate_id, version from answered_request
             where domain_id = :domainId and user_id = :userId and key = :key
            """;

    private static final String FORGET =
            "delete from answered_request where answered_at < now() - :age * interval '1 s'";

    private final JdbcClient jdbc;

    AnsweredRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws DataAccessException where the database is away */
    public Optional<AnsweredRequest> find(IdempotencyKey key) {
        return jdbc.sql(FIND)
                .param("domainId", key.domainId())
                .param("userId", key.userId())
                .param("key", key.key())
                .query((row, number) -> new AnsweredRequest(
                        new KeyedRequest(key, row.getString("request_hash")),
                        row.getString("aggregate_id"),
                        row.getLong("version")))
                .optional();
    }

    /** Forgets the requests that were answered longer ago. */
    void forgetAfter(Duration age) {
        jdbc.sql(FORGET).param("age", age.toSeconds()).update();
    }
}
