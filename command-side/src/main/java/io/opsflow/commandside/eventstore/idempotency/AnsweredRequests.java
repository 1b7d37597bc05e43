package io.opsflow.commandside.eventstore.idempotency;

import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests with idempotency keys that were answered. Whoever appends writes them with the events. */
public final class AnsweredRequests {

    private static final String FIND = """
            select request_hash, aggregate_id, version from answered_request
             where domain_id = :domainId and user_id = :userId and key = :key
            """;

    /** Few enough that a slow disk is done with them long before a statement's time limit. */
    private static final int PORTION = 5_000;

    private static final String FORGET = """
            delete from answered_request
             where ctid in (select ctid from answered_request
                             where answered_at < now() - :age * interval '1 s' limit :portion)
            """;

    private final JdbcClient jdbc;

    /** @param jdbc of the event store */
    public AnsweredRequests(JdbcClient jdbc) {
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

    /**
     * Forgets the requests that were answered longer ago, in portions.
     *
     * @throws DataAccessException where the database is away; what was forgotten by then is forgotten
     */
    void forgetAfter(Duration age) {
        forgetAfter(age, PORTION);
    }

    void forgetAfter(Duration age, int portion) {
        int forgotten;
        do {
            forgotten = jdbc.sql(FORGET)
                    .param("age", age.toSeconds())
                    .param("portion", portion)
                    .update();
        } while (forgotten == portion);
    }
}
