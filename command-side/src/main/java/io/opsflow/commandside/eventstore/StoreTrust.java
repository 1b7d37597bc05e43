package io.opsflow.commandside.eventstore;

import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Whether the store is the truth. Whoever finds out that something is ahead of it puts it in doubt; from then on no
 * process appends anything, until somebody decides. Everything throws DataAccessException where the database is away.
 */
public final class StoreTrust {

    /**
     * The store at one moment.
     *
     * @param decisions how often somebody has said what to trust
     * @param doubt why nothing is appended; null where nothing speaks against it
     * @param head the last event's index; 0 for an empty store
     * @param hash of the chain at the head
     */
    public record Look(long decisions, @Nullable String doubt, long head, byte[] hash) {}

    static final String LOOK = """
            select decisions, doubt, global_index, hash
              from store_trust
              left join lateral (select global_index, hash from domain_event order by global_index desc limit 1) as head
                     on true
            """;

    private static final String HASHES = "select global_index, hash from domain_event where global_index = any (?)";

    private static final String AGGREGATES =
            "select global_index, aggregate_id from domain_event where global_index > ? and global_index <= ?";

    private static final String DOUBT = "update store_trust set doubt = ? where doubt is null";

    private static final String DECIDE = "update store_trust set doubt = null, decisions = decisions + 1";

    private final JdbcOperations database;

    public StoreTrust(JdbcOperations database) {
        this.database = database;
    }

    public Look look() {
        return Objects.requireNonNull(database.queryForObject(
                LOOK,
                (row, number) -> new Look(
                        row.getLong("decisions"),
                        row.getString("doubt"),
                        row.getLong("global_index"),
                        Objects.requireNonNullElse(row.getBytes("hash"), HashChain.GENESIS))));
    }

    /** The hashes that stand at these indexes, lowercase hex; an index that the store does not have is left out. */
    public Map<Long, String> hashes(Collection<Long> indexes) {
        Map<Long, String> hashes = new HashMap<>();
        database.query(
                HASHES,
                row -> {
                    hashes.put(row.getLong(1), HexFormat.of().formatHex(row.getBytes(2)));
                },
                (Object) indexes.toArray(Long[]::new));
        return hashes;
    }

    /** The aggregates of the events after an index, up to another one, by their indexes. */
    public Map<Long, String> aggregates(long after, long last) {
        Map<Long, String> aggregates = new HashMap<>();
        database.query(
                AGGREGATES,
                row -> {
                    aggregates.put(row.getLong(1), row.getString(2));
                },
                after,
                last);
        return aggregates;
    }

    /**
     * Ends all appends.
     *
     * @return false where somebody did so before, for a reason that stays
     */
    public boolean doubt(String reason) {
        return database.update(DOUBT, reason) > 0;
    }

    /** Lets appends go on. What processes remember of the store from before counts no more. */
    public void decide() {
        database.update(DECIDE);
    }
}
