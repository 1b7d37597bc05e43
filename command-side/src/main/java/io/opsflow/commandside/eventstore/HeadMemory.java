package io.opsflow.commandside.eventstore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest that this process has seen of the store. A store never goes back: one that does was exchanged under it
 * for an older one, and is put in doubt.
 */
public final class HeadMemory {

    private static final Logger log = LoggerFactory.getLogger(HeadMemory.class);

    /**
     * @param decisions how often somebody had said what to trust
     * @param head the last event's index, with the hash of the chain there
     */
    record Seen(long decisions, long head, byte[] hash) {

        /** What is wrong with a store that was like this once and is now like that; null where nothing is. */
        @Nullable
        String contradiction(Seen now) {
            if (now.decisions > decisions) {
                return null;
            }
            if (now.decisions < decisions || now.head < head) {
                return "The event store ends at event %d and had event %d before: it was restored to an earlier point"
                        .formatted(now.head, head);
            }
            return now.head == head && !Arrays.equals(now.hash, hash)
                    ? "The event store's event %d is another one than before: another store took its place"
                            .formatted(head)
                    : null;
        }
    }

    static final Seen NOTHING = new Seen(0, 0, HashChain.GENESIS);

    private final AggregateCache cache;
    private Seen seen = NOTHING;

    /** @param cache of what was read in the same store */
    HeadMemory(AggregateCache cache) {
        this.cache = cache;
    }

    /** To be asked for before the look that is held against it, else that may be the older one. */
    synchronized Seen seen() {
        return seen;
    }

    synchronized void remember(Seen now) {
        cache.seen(now.decisions);
        if (now.decisions > seen.decisions || now.decisions == seen.decisions && now.head > seen.head) {
            seen = now;
        }
    }

    /** Looks at the store. Where it has gone back it is in doubt from here on, and the answer says so. */
    public StoreTrust.Look look(StoreTrust trust) {
        Seen before = seen();
        StoreTrust.Look look = trust.look();
        if (look.doubt() != null) {
            return look;
        }
        Seen now = new Seen(look.decisions(), look.head(), look.hash());
        String contradiction = before.contradiction(now);
        if (contradiction == null) {
            remember(now);
            return look;
        }
        doubt(trust, contradiction);
        return trust.look();
    }

    static void doubt(StoreTrust trust, String contradiction) {
        if (trust.doubt(contradiction)) {
            log.error("{}. Nothing is appended until an operator has said what to trust", contradiction);
        }
    }
}
