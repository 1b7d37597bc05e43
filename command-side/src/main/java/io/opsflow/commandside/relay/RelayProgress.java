package io.opsflow.commandside.relay;

import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import java.time.Duration;
import java.util.List;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/** How far the relay is, whichever node it runs on: asked of the database, at most once a second. */
public final class RelayProgress {

    /**
     * @param position the last event that the broker has acknowledged
     * @param head the last event in the store
     */
    public record Progress(long position, long head) {
        public long lag() {
            return Math.max(0, head - position);
        }
    }

    private static final String POSITION = """
            select token, token_type from token_entry
             where processor_name = ? and segment = 0 and token is not null
            """;

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private final JdbcTemplate jdbc;
    private final PostgresEventStorageEngine store;
    private final String processor;
    private final Serializer tokens;
    private @Nullable Progress known;
    private long askedAt;

    RelayProgress(JdbcTemplate jdbc, PostgresEventStorageEngine store, String processor, Serializer tokens) {
        this.jdbc = jdbc;
        this.store = store;
        this.processor = processor;
        this.tokens = tokens;
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
            return new Progress(position(), store.head());
        } catch (DataAccessException | TransactionException e) {
            return null;
        }
    }

    /** The last event that the broker has acknowledged, as it is stored now; 0 for none. */
    long position() {
        List<TrackingToken> stored = jdbc.query(
                POSITION,
                (row, number) -> tokens.deserialize(
                        new SimpleSerializedObject<>(row.getBytes(1), byte[].class, row.getString(2), null)),
                processor);
        return stored.isEmpty() ? 0 : stored.getFirst().position().orElse(0);
    }
}
