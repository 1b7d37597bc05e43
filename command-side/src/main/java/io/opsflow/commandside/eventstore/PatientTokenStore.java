package io.opsflow.commandside.eventstore;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
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

    private volatile boolean closed;

    PatientTokenStore(Builder builder) {
        super(builder);
    }

    /** The first thing a processor asks for when it begins, or begins again after a failure. */
    @Override
    public List<Segment> fetchAvailableSegments(String processorName) {
        boolean waited = false;
        while (true) {
            try {
                List<Segment> segments = super.fetchAvailableSegments(processorName);
                if (waited) {
                    log.info("The event store answers again; the processor {} goes on", processorName);
                }
                return segments;
            } catch (RuntimeException e) {
                if (closed || !isOfTheDatabase(e)) {
                    throw e;
                }
                if (!waited) {
                    log.warn(
                            "The event store does not answer; the processor {} waits: {}", processorName, e.toString());
                    waited = true;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
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
