package io.opsflow.commandside.eventstore;

import io.opsflow.api.event.EventRecord;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Puts events that the store has lost back into their places, from their records. The chain proves that each is what it
 * was: a record whose hash does not follow from all before it and from its own content is not taken. For one thread.
 */
public final class Restoration {

    private static final int BATCH = 500;

    private final JdbcTemplate database;
    private final TransactionOperations newTransaction;
    private final List<AppendedEvent> waiting = new ArrayList<>();
    private long restored;
    private int whole;
    private long index;
    private byte[] hash;

    /** @param newTransaction in which some events at a time are put back */
    public Restoration(JdbcTemplate database, TransactionOperations newTransaction) {
        this.database = database;
        this.newTransaction = newTransaction;
        StoreTrust.Look store = new StoreTrust(database).look();
        this.index = store.head();
        this.hash = store.hash();
    }

    /** How many are back in the store. */
    public long restored() {
        return restored;
    }

    /**
     * Takes the next event; in the store it is when enough have come, or at {@link #finish}.
     *
     * @return false where it does not follow; nothing more can be restored then
     */
    public boolean add(EventRecord record) {
        Optional<UUID> id = uuid(record.eventId());
        if (id.isEmpty()) {
            return false; // the store's ids are UUIDs, and the chain is over them
        }
        StoredEvent event = event(record, id.get());
        byte[] next = HashChain.next(hash, index + 1, event);
        if (record.globalIndex() != index + 1 || !HexFormat.of().formatHex(next).equals(record.hash())) {
            return false;
        }
        index++;
        hash = next;
        waiting.add(new AppendedEvent(index, event, hash));
        if (record.requestLast()) {
            whole = waiting.size();
            if (whole >= BATCH) {
                restore();
            }
        }
        return true;
    }

    /**
     * Puts back what waits, but for a request that did not come to its end: the store holds no halves.
     *
     * @return the store's head
     */
    public long finish() {
        if (whole > 0) {
            restore();
        }
        return new StoreTrust(database).look().head();
    }

    private void restore() {
        List<AppendedEvent> events = List.copyOf(waiting.subList(0, whole));
        newTransaction.executeWithoutResult(status -> database.execute((ConnectionCallback<Boolean>) connection -> {
            new AppendTransaction(connection, HeadMemory.NOTHING).restore(events);
            return true;
        }));
        restored += events.size();
        waiting.subList(0, whole).clear();
        whole = 0;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static StoredEvent event(EventRecord record, UUID id) {
        return new StoredEvent(
                record.aggregateType(),
                record.aggregateId(),
                record.sequence(),
                id,
                record.name(),
                record.revision(),
                record.occurredAt(),
                new EventScope(record.domainId(), record.workspaceId(), record.projectId()),
                record.payload(),
                EventMetadata.toJson(record));
    }
}
