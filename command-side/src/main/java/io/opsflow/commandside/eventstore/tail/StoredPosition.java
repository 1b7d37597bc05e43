package io.opsflow.commandside.eventstore.tail;

import java.util.List;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/** How far a processor of one segment is, whichever process it runs on. */
public final class StoredPosition {

    private static final String POSITION = """
            select token, token_type from token_entry
             where processor_name = ? and segment = 0 and token is not null
            """;

    private final JdbcOperations jdbc;
    private final Serializer tokens = new TokenSerializer();
    private final String processor;

    public StoredPosition(JdbcOperations jdbc, String processor) {
        this.jdbc = jdbc;
        this.processor = processor;
    }

    /**
     * The last event that is done; 0 for none.
     *
     * @throws DataAccessException where the database is away
     */
    public long index() {
        List<TrackingToken> stored = jdbc.query(
                POSITION,
                (row, number) -> tokens.deserialize(
                        new SimpleSerializedObject<>(row.getBytes(1), byte[].class, row.getString(2), null)),
                processor);
        return stored.isEmpty() ? 0 : stored.getFirst().position().orElse(0);
    }
}
