package io.opsflow.commandside.eventstore.tail;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Waits for a database that is away. Axon's processors would try again ever more slowly, up to once a minute, so that
 * after a long outage the relay stood still for a minute more.
 */
final class PatientTokenStore extends JdbcTokenStore implements ApplicationListener<ContextClosedEvent> {

    private static final Logger log = LoggerFactory.getLogger(PatientTokenStore.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private volatile boolean closed;

    private final DataSource database;

    /** @param database the one of the store, asked outside of its transactions */
    PatientTokenStore(Builder builder, DataSource database) {
        super(builder);
        this.database = database;
    }

    /**
     * The first thing a processor asks for when it begins, or begins again after a failure. It is asked in a transaction,
     * and one whose connection is dead will never answer: the database is waited for on other connections, and then the
     * processor begins once more.
     */
    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        try {
            return super.fetchAvailableSegments(processorName);
        } catch (RuntimeException e) {
            if (isOfTheDatabase(e) && !closed) {
                log.warn("The event store does not answer; the processor {} waits: {}", processorName, e.toString());
                awaitDatabase();
                log.info("The event store answers again; the processor {} goes on", processorName);
            }
            throw e;
        }
    }

    private void awaitDatabase() {
        while (!closed && !answers()) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean answers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid((int) LONGEST_ANSWER.toSeconds());
        } catch (SQLException e) {
            return false;
        }
    }

    /** Anything else is a mistake of ours, and waiting would only hide it. */
    private static boolean isOfTheDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        closed = true;
    }
}
