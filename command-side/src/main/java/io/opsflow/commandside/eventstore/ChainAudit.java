package io.opsflow.commandside.eventstore;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the store row by row, makes each hash again from the columns and the hash before it, and says where the chain
 * breaks. A chain that was cut at its end, or made anew by someone who knows the layout, is whole: only a copy of a
 * hash that lies elsewhere shows that. One that he has gone on with differs from no copy.
 */
public final class ChainAudit {

    private long events;
    private long breaks;
    private @Nullable String firstBreak;
    private @Nullable ChainBreak undecided;
    private @Nullable FoundRow afterUndecided;
    private long index;
    private byte[] hash = HashChain.GENESIS;
    private byte[] hashBefore = HashChain.GENESIS;

    private ChainAudit() {}

    /** @param progress is told the number of events, after each of them */
    public static ChainReport of(StoreSnapshot store, LongConsumer progress) throws SQLException {
        ChainAudit audit = new ChainAudit();
        store.rows(row -> {
            audit.accept(row);
            progress.accept(audit.events);
        });
        return audit.report();
    }

    private void accept(FoundRow row) {
        events++;
        decide(row);
        if (row.globalIndex() <= index) {
            broken("event %d stands in a place that no event can have".formatted(row.globalIndex()));
            return;
        }
        long missing = row.globalIndex() - index - 1;
        if (missing > 0) {
            broken(
                    missing == 1
                            ? "event %d was removed".formatted(index + 1)
                            : "events %d to %d were removed".formatted(index + 1, row.globalIndex() - 1));
        } else if (!ChainBreak.follows(hash, row.globalIndex(), row)) {
            if (breaks++ == 0) {
                undecided = new ChainBreak(row, hash, hashBefore);
            }
        }
        hashBefore = hash;
        hash = row.hash();
        index = row.globalIndex();
    }

    /** What happened to the first row that does not follow can be told from the two after it. */
    private void decide(FoundRow row) {
        if (undecided == null) {
            return;
        }
        if (afterUndecided == null) {
            afterUndecided = row;
        } else {
            firstBreak = undecided.explain(afterUndecided, row);
            undecided = null;
        }
    }

    private void broken(String what) {
        if (breaks++ == 0) {
            firstBreak = what;
        }
    }

    private ChainReport report() {
        if (undecided != null) { // the store ends before two more
            firstBreak = undecided.explain(afterUndecided, null);
        }
        return new ChainReport(events, index, StoreSnapshot.hex(hash), breaks, firstBreak);
    }

    /**
     * A row that does not follow from the one before it.
     *
     * @param before the hash of the row before
     * @param beforeThat the hash of the row before that one
     */
    private record ChainBreak(FoundRow row, byte[] before, byte[] beforeThat) {

        static boolean follows(byte[] previous, long index, FoundRow row) {
            StoredEvent event = row.event();
            return event != null && Arrays.equals(HashChain.next(previous, index, event), row.hash());
        }

        /** Whoever inserts or removes a row without leaving a hole has renumbered what follows: try the old numbers. */
        String explain(@Nullable FoundRow next, @Nullable FoundRow afterNext) {
            long index = row.globalIndex();
            if (index > 1 && follows(beforeThat, index - 1, row)) {
                return supplanted(index - 1, row, next);
            }
            if (next != null && next.globalIndex() == index + 1) {
                StoredEvent event = row.event();
                if (follows(before, index, next)) {
                    return follows(next.hash(), index + 1, row)
                            ? "events %d and %d were exchanged".formatted(index, index + 1)
                            : supplanted(index, next, afterNext);
                }
                if (follows(row.hash(), index + 2, next)) {
                    return "event %d was removed, and what follows it renumbered".formatted(index);
                }
                if (follows(row.hash(), index + 1, next)) {
                    return "event %d was changed".formatted(index);
                }
                if (event != null && follows(HashChain.next(before, index, event), index + 1, next)) {
                    return "event %d was changed: its hash".formatted(index);
                }
            }
            return "event %d was changed or inserted, or removed and what follows it renumbered".formatted(index);
        }

        /**
         * The row that once had the index stands behind another one now.
         *
         * @param behind what follows that row where nothing but this was done
         */
        private static String supplanted(long index, FoundRow row, @Nullable FoundRow behind) {
            return (behind != null && follows(row.hash(), index + 1, behind)
                            ? "event %d was inserted"
                            : "event %d was inserted or moved")
                    .formatted(index);
        }
    }
}
