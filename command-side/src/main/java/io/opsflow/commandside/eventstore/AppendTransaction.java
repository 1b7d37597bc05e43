package io.opsflow.commandside.eventstore;

import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.eventstore.idempotency.AnsweredRequest;
import io.opsflow.commandside.eventstore.idempotency.IdempotencyKey;
import io.opsflow.commandside.eventstore.idempotency.KeyUsedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The one way into the store. Under an advisory lock that all processes share it reads the head, takes out the commands
 * whose decisions rest on what has passed, numbers the events of the others on from the head, chains their hashes and
 * inserts them. So commit order is index order, and there are no holes for a reader of the tail to worry about. A store
 * that is in doubt takes nothing.
 */
final class AppendTransaction {

    /** The lock's number means nothing but "appending to OpsFlow's store": the first bytes of its name. */
    static final long LOCK = 0x6f707366_6c6f77L;

    // Four statements on one trip. The lock is one of its own: a statement that takes it and reads would read by a
    // snapshot older than the lock. The 8 s count from when the lock is ours, not while we wait for it.
    private static final String LOCK_AND_LOOK = """
            select pg_advisory_xact_lock(?);
            set local transaction_timeout = '8s';
            %s;
            select id, coalesce((select max(sequence) from domain_event where aggregate_id = id), -1)
              from unnest(?::text[]) as id
            """.formatted(StoreTrust.LOOK.strip());

    private static final String USED_KEYS = """
            select domain_id, user_id, key
              from answered_request
              join unnest(?::text[], ?::text[], ?::text[]) as asked (domain_id, user_id, key)
                   using (domain_id, user_id, key)
            """;

    private static final String INSERT_KEYS = """
            insert into answered_request (domain_id, user_id, key, request_hash, aggregate_id, version)
            select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
            """;

    static final String IN_DOUBT =
            "The event store is behind what was answered before; nothing is written until an operator has decided.";

    private final Connection connection;
    private final HeadMemory.Seen before;
    private final Map<String, Long> versions = new HashMap<>();
    private final Set<IdempotencyKey> usedKeys = new HashSet<>();
    private long decisions;
    private @Nullable String doubt;
    private long index;
    private byte[] hash = HashChain.GENESIS;

    /**
     * @param connection without auto-commit; committing and rolling back are the caller's
     * @param before what was seen of the store, to be held against what it is now
     */
    AppendTransaction(Connection connection, HeadMemory.Seen before) {
        this.connection = connection;
        this.before = before;
    }

    /**
     * Appends what can be appended of a group, in its order. A command that is refused leaves nothing behind, and the
     * others do not notice.
     *
     * @return for each command why it was refused, or null
     * @throws SQLException for the group as a whole
     */
    List<@Nullable RuntimeException> append(List<Append> group) throws SQLException {
        lockAndLook(group);
        if (isInDoubt()) {
            return Collections.nCopies(group.size(), ApiException.unavailable(IN_DOUBT));
        }
        findUsedKeys(group);
        List<@Nullable RuntimeException> refusals = new ArrayList<>(group.size());
        List<StoredEvent> events = new ArrayList<>();
        List<AnsweredRequest> answers = new ArrayList<>();
        for (Append append : group) {
            RuntimeException refusal = refusal(append);
            refusals.add(refusal);
            if (refusal == null) {
                accept(append, events, answers);
            }
        }
        if (!events.isEmpty()) {
            insert(events);
        }
        if (!answers.isEmpty()) {
            insertKeys(answers);
        }
        return refusals;
    }

    /**
     * Puts events back that were there before, and with them the places and hashes that they had.
     *
     * @throws IllegalStateException where they do not follow the head; then this must be rolled back
     */
    void restore(List<AppendedEvent> events) throws SQLException {
        lockAndLook(List.of());
        insert(events.stream().map(AppendedEvent::event).toList());
        if (!Arrays.equals(hash, events.getLast().hash())) {
            throw new IllegalStateException("event %d does not follow the store's head"
                    .formatted(events.getLast().globalIndex()));
        }
    }

    /** The store as it is when this is committed. */
    HeadMemory.Seen now() {
        return new HeadMemory.Seen(decisions, index, hash);
    }

    private boolean isInDoubt() {
        if (doubt == null) {
            doubt = before.contradiction(now());
            if (doubt != null) {
                HeadMemory.doubt(
                        new StoreTrust(new JdbcTemplate(new SingleConnectionDataSource(connection, true))), doubt);
            }
        }
        return doubt != null;
    }

    private void lockAndLook(List<Append> group) throws SQLException {
        Set<String> ids = new HashSet<>();
        group.forEach(append -> ids.addAll(append.versions().keySet()));
        try (PreparedStatement look = connection.prepareStatement(LOCK_AND_LOOK)) {
            look.setLong(1, LOCK);
            look.setArray(2, connection.createArrayOf("text", ids.toArray(String[]::new)));
            look.execute();
            look.getMoreResults();
            look.getMoreResults();
            try (ResultSet head = look.getResultSet()) {
                head.next();
                decisions = head.getLong(1);
                doubt = head.getString(2);
                index = head.getLong(3);
                hash = Objects.requireNonNullElse(head.getBytes(4), HashChain.GENESIS);
            }
            look.getMoreResults();
            try (ResultSet rows = look.getResultSet()) {
                while (rows.next()) {
                    versions.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
    }

    private void findUsedKeys(List<Append> group) throws SQLException {
        List<AnsweredRequest> answers = new ArrayList<>();
        for (Append append : group) {
            if (append.answer() != null) {
                answers.add(append.answer());
            }
        }
        if (answers.isEmpty()) {
            return;
        }
        try (PreparedStatement keys = connection.prepareStatement(USED_KEYS)) {
            bindKeys(keys, answers);
            try (ResultSet rows = keys.executeQuery()) {
                while (rows.next()) {
                    usedKeys.add(new IdempotencyKey(rows.getString(1), rows.getString(2), rows.getString(3)));
                }
            }
        }
    }

    /** A used key comes first: whoever repeats a request wants its answer, not to hear that it is done. */
    private @Nullable RuntimeException refusal(Append append) throws SQLException {
        if (append.answer() != null
                && usedKeys.contains(append.answer().request().key())) {
            return new KeyUsedException();
        }
        if (append.decisions() < decisions) {
            return new ConcurrencyException("somebody has said anew what to trust since the decision began");
        }
        for (Map.Entry<String, Long> expected : append.versions().entrySet()) {
            String id = expected.getKey();
            long version = versions.getOrDefault(id, AppendCondition.ABSENT);
            if (version != expected.getValue()) {
                return append.creates(id)
                        ? new DuplicateIdException(id)
                        : new ConcurrencyException("%s is at version %d, the decision rests on %d"
                                .formatted(id, version, expected.getValue()));
            }
        }
        for (AppendGuard guard : append.guards()) {
            guard.check(connection);
        }
        return null;
    }

    private void accept(Append append, List<StoredEvent> events, List<AnsweredRequest> answers) {
        for (StoredEvent event : append.events()) {
            versions.put(event.aggregateId(), event.sequence());
            events.add(event);
        }
        if (append.answer() != null) {
            usedKeys.add(append.answer().request().key());
            answers.add(append.answer());
        }
    }

    private void insert(List<StoredEvent> events) throws SQLException {
        int count = events.size();
        Long[] indexes = new Long[count];
        byte[][] hashes = new byte[count][];
        for (int i = 0; i < count; i++) {
            index++;
            hash = HashChain.next(hash, index, events.get(i));
            indexes[i] = index;
            hashes[i] = hash;
        }
        EventInsert.insert(connection, events, indexes, hashes);
    }

    private void insertKeys(List<AnsweredRequest> answers) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_KEYS)) {
            Columns<AnsweredRequest> columns = bindKeys(insert, answers);
            columns.add("text", answer -> answer.request().hash());
            columns.add("text", AnsweredRequest::aggregateId);
            columns.add("int8", AnsweredRequest::version);
            insert.executeUpdate();
        }
    }

    private Columns<AnsweredRequest> bindKeys(PreparedStatement statement, List<AnsweredRequest> answers)
            throws SQLException {
        Columns<AnsweredRequest> columns = new Columns<>(connection, statement, answers);
        columns.add("text", answer -> answer.request().key().domainId());
        columns.add("text", answer -> answer.request().key().userId());
        columns.add("text", answer -> answer.request().key().key());
        return columns;
    }
}
