package io.opsflow.commandside.eventstore.tail;

import com.zaxxer.hikari.HikariDataSource;
import io.opsflow.commandside.eventstore.PostgresEventStorageEngine;
import io.opsflow.commandside.eventstore.Restoration;
import io.opsflow.commandside.eventstore.database.EventStoreDatabaseConfiguration;
import io.opsflow.commandside.eventstore.database.EventStorePool;
import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import io.opsflow.web.setting.WrongSetting;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A processor's position, held by a program that does the processor's work in its stead. While it is held, and extended
 * or moved at least every ten seconds, no processor of that name begins anywhere; when it is let go they go on from it.
 */
public final class ClaimedPosition implements AutoCloseable {

    /** Whoever was killed leaves its claim behind. It is seen to be left when it has not changed for the timeout. */
    private static final Duration WAIT = TailConfiguration.CLAIM_TIMEOUT.plusSeconds(1);

    private final HikariDataSource pool;
    private final JdbcTemplate database;
    private final TransactionTemplate transaction;
    private final TokenStore tokens;
    private final String processor;
    private final boolean isNew;
    private long index;

    private ClaimedPosition(
            HikariDataSource pool,
            JdbcTemplate database,
            TransactionTemplate transaction,
            TokenStore tokens,
            String processor,
            long initial) {
        this.pool = pool;
        this.database = database;
        this.transaction = transaction;
        this.tokens = tokens;
        this.processor = processor;
        this.isNew = tokens.fetchSegments(processor).length == 0;
        if (isNew) {
            transaction.executeWithoutResult(
                    status -> tokens.initializeTokenSegments(processor, 1, new GlobalSequenceTrackingToken(initial)));
        }
        this.index = PostgresEventStorageEngine.index(fetch());
    }

    private @Nullable TrackingToken fetch() {
        try {
            return fetchNow();
        } catch (UnableToClaimTokenException e) {
            long refused = System.nanoTime();
            while (System.nanoTime() - refused < WAIT.toNanos()) {
                LockSupport.parkNanos(WAIT.toNanos());
            }
            return fetchNow();
        }
    }

    private @Nullable TrackingToken fetchNow() {
        return transaction.execute(status -> tokens.fetchToken(processor, 0));
    }

    /**
     * Brings the store's schema up to date, and makes the position where there is none. A claim that nobody renews is
     * waited for.
     *
     * @param initial what a new position is
     * @return empty where another holds it, and renews its claim
     * @throws WrongSetting where the store cannot be reached
     */
    public static Optional<ClaimedPosition> claim(EventStoreSettings settings, String processor, long initial) {
        HikariDataSource pool = EventStorePool.open(settings.withPoolSize(2));
        EventStoreDatabaseConfiguration database = new EventStoreDatabaseConfiguration();
        LazyConnectionDataSourceProxy dataSource = database.eventStoreDataSource(pool);
        try {
            return Optional.of(new ClaimedPosition(
                    pool,
                    database.eventStoreJdbc(dataSource),
                    new TransactionTemplate(database.eventStoreTransactionManager(dataSource)),
                    new TailConfiguration().tokenStore(dataSource, new TokenSerializer()),
                    processor,
                    initial));
        } catch (UnableToClaimTokenException e) {
            pool.close();
            return Optional.empty();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** The store's database, beside the position. */
    public JdbcOperations database() {
        return database;
    }

    /** Begins to put lost events back; the position stays where it is. */
    public Restoration restoration() {
        return new Restoration(database, transaction);
    }

    /** Whether there was none before. */
    public boolean isNew() {
        return isNew;
    }

    /** The last event that is done. */
    public long index() {
        return index;
    }

    /** @throws UnableToClaimTokenException where it was not extended in time and another has it now */
    public void store(long done) {
        transaction.executeWithoutResult(
                status -> tokens.storeToken(new GlobalSequenceTrackingToken(done), processor, 0));
        index = done;
    }

    /** @throws UnableToClaimTokenException as {@link #store(long)} */
    public void extend() {
        transaction.executeWithoutResult(status -> tokens.extendClaim(processor, 0));
    }

    /** Removes it where there was none before, as if it had never been there. */
    public void forgetIfNew() {
        if (isNew) {
            transaction.executeWithoutResult(status -> tokens.deleteToken(processor, 0));
        }
    }

    /** Lets go of it. */
    @Override
    public void close() {
        try (pool) {
            transaction.executeWithoutResult(status -> tokens.releaseClaim(processor, 0));
        }
    }
}
