package io.opsflow.commandside.eventstore;

import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Walks along the hash chain when it is asked to, in the background, and keeps in the store what the last walk found,
 * for every process to tell. It compares nothing with the topic or an earlier head, as the tool {@code verify} does.
 */
public final class ChainVerification implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ChainVerification.class);

    private static final String KEEP = """
            insert into chain_verification (verified_at, events, head, head_hash, breaks, first_break)
            values (now(), ?, ?, ?, ?, ?)
            on conflict (the_only) do update
               set verified_at = excluded.verified_at, events = excluded.events, head = excluded.head,
                   head_hash = excluded.head_hash, breaks = excluded.breaks, first_break = excluded.first_break
            """;

    private static final String LAST =
            "select verified_at, events, head, head_hash, breaks, first_break from chain_verification";

    private final EventStoreSettings settings;
    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    /** Of the walk that is under way: how many events it has seen; null while there is none. */
    private final AtomicReference<@Nullable Long> walked = new AtomicReference<>();

    private volatile @Nullable Instant failedAt;

    private volatile boolean closed;

    ChainVerification(EventStoreSettings settings, JdbcTemplate jdbc, InstantSource clock) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param verifiedAt when the walk ended */
    public record Verified(Instant verifiedAt, ChainReport chain) {}

    /** Begins a walk; false where this process is at one already. */
    public boolean start() {
        if (!walked.compareAndSet(null, 0L)) {
            return false;
        }
        failedAt = null;
        Thread.ofVirtual().name("chain-verification").start(this::walk);
        return true;
    }

    /** How many events the walk of this process has seen so far; null while there is none. */
    public @Nullable Long walked() {
        return walked.get();
    }

    /** When the last walk of this process failed, of which the log says more; null where it ended, or is under way. */
    public @Nullable Instant failedAt() {
        return failedAt;
    }

    public Optional<Verified> last() {
        return jdbc
                .query(
                        LAST,
                        (row, number) -> new Verified(
                                row.getObject(1, OffsetDateTime.class).toInstant(),
                                new ChainReport(
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getString(4),
                                        row.getLong(5),
                                        row.getString(6))))
                .stream()
                .findFirst();
    }

    private void walk() {
        try (StoreSnapshot store = StoreSnapshot.open(settings)) {
            keep(ChainAudit.of(store, this::at));
        } catch (CancellationException e) {
            log.info("The walk along the hash chain ends with this process");
        } catch (SQLException | RuntimeException e) {
            log.warn("The hash chain could not be verified", e);
            failedAt = clock.instant();
        } finally {
            walked.set(null);
        }
    }

    private void at(long events) {
        if (closed) {
            throw new CancellationException();
        }
        walked.set(events);
    }

    private void keep(ChainReport chain) {
        jdbc.update(KEEP, chain.events(), chain.head(), chain.headHash(), chain.breaks(), chain.firstBreak());
        if (chain.firstBreak() != null) {
            log.error("The hash chain breaks at {} places, first: {}", chain.breaks(), chain.firstBreak());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
