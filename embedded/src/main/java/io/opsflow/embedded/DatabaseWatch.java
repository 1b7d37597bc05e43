package io.opsflow.embedded;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a database again whose processes were ended by somebody else: an operator, or the system when memory ran out.
 * One that was stopped by its owner stays stopped. Close it before the database, so that it does not come in the way.
 */
public final class DatabaseWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final EmbeddedDatabase database;
    private final CountDownLatch closed = new CountDownLatch(1);

    private DatabaseWatch(EmbeddedDatabase database) {
        this.database = database;
    }

    /** Looks twice a second, until it is closed. */
    public static DatabaseWatch over(EmbeddedDatabase database) {
        DatabaseWatch watch = new DatabaseWatch(database);
        Thread.ofPlatform().daemon().name("database-watch").start(watch::run);
        return watch;
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look(database);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that is about to end.
            Thread.currentThread().interrupt();
        }
    }

    static void look(EmbeddedDatabase database) {
        try {
            if (database.revive()) {
                LOG.warn("PostgreSQL had been killed. It runs again, with all that it had acknowledged");
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            LOG.error("PostgreSQL has been killed and does not start again yet; will keep trying", e);
        }
    }

    /** Returns at once; a start that is under way goes on, and closing the database waits for it. */
    @Override
    public void close() {
        closed.countDown();
    }
}
