package io.opsflow.commandside.relay;

import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import io.opsflow.commandside.eventstore.tail.StoredPosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/** How far the relay is, whichever process it runs on: asked of the database, at most once a second. */
public final class RelayProgress {

    /**
     * @param position the last event that the broker has acknowledged
     * @param head the last event in the store
     * @param lagSeconds how long ago the first event happened that it has not; 0 where it has all
     */
    public record Progress(long position, long head, double lagSeconds) {
        public long lag() {
            return Math.max(0, head - position);
        }
    }

    private static final String AGE_OF_NEXT = """
            select greatest(extract(epoch from now() - occurred_at), 0)
              from domain_event where global_index > ? order by global_index limit 1
            """;

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final PostgresEventStorageEngine store;
    private final StoredPosition position;
    private @Nullable Progress known;
    private long askedAt;

    RelayProgress(JdbcTemplate jdbc, PostgresEventStorageEngine store, StoredPosition position) {
        this.jdbc = jdbc;
        this.store = store;
        this.position = position;
    }

    /** Null where the database cannot be asked. */
    public synchronized @Nullable Progress current() {
        long now = System.nanoTime();
        if (askedAt == 0 || now - askedAt > GOOD_FOR.toNanos()) {
            known = ask();
            askedAt = now;
        }
        return known;
    }

    private @Nullable Progress ask() {
        try {
            long position = position();
            long head = store.head();
            return new Progress(position, head, head > position ? ageOfNext(position) : 0);
        } catch (DataAccessException | TransactionException e) {
            return null;
        }
    }

    private double ageOfNext(long position) {
        return jdbc.queryForList(AGE_OF_NEXT, Double.class, position).stream()
                .findFirst()
                .orElse(0.0);
    }

    /** The last event that the broker has acknowledged, as it is stored now; 0 for none. */
    long position() {
        return position.index();
    }
}
