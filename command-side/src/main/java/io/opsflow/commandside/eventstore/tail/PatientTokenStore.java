package io.opsflow.commandside.eventstore.tail;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Waits for a database that is away. Axon's processors would try again ever more slowly, up to once a minute, so that
 * after a long outage the relay stood still for a minute more.
 *
 * <p>And it does not wait for a clock. A claim bears the time of its owner: by that alone, the claim of one that was
 * killed while its clock was hours ahead would be taken by nobody for as many hours. Whoever is alive renews its claim
 * before it expires, whatever its clock says, so one that has not changed for that long is nobody's any more.
 */
final class PatientTokenStore extends JdbcTokenStore implements ApplicationListener<ContextClosedEvent> {

    private static final Logger log = LoggerFactory.getLogger(PatientTokenStore.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

    private volatile boolean closed;

    private final Duration claimTimeout;
    private final DataSource database;
    private final Map<String, Claim> claims = new ConcurrentHashMap<>();

    /** @param since when it was first met here, by {@link System#nanoTime} */
    private record Claim(String owner, String stamp, long since) {

        boolean isSame(Claim other) {
            return owner.equals(other.owner) && stamp.equals(other.stamp);
        }
    }

    /** @param database the one of the store, asked outside of its transactions */
    PatientTokenStore(Builder builder, Duration claimTimeout, DataSource database) {
        super(builder.claimTimeout(claimTimeout));
        this.claimTimeout = claimTimeout;
        this.database = database;
    }

    /** A claim that is left reads as one that was let go of. Whoever takes it has read it under the row's lock. */
    @Override
    protected AbstractTokenEntry<?> readTokenEntry(ResultSet row) throws SQLException {
        AbstractTokenEntry<?> entry = super.readTokenEntry(row);
        String owner = entry.getOwner();
        if (owner != null && isLeft(entry, new Claim(owner, entry.timestampAsString(), System.nanoTime()))) {
            entry.releaseClaim(owner);
        }
        return entry;
    }

    private boolean isLeft(AbstractTokenEntry<?> entry, Claim now) {
        Claim first = claims.merge(
                entry.getProcessorName() + "/" + entry.getSegment(),
                now,
                (before, latest) -> before.isSame(latest) ? before : latest);
        return now.since() - first.since() > claimTimeout.toNanos();
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
