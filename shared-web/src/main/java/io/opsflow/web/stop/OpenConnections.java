package io.opsflow.web.stop;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Waits, once none are taken any more, until clients have given up the connections they keep: each is asked to with the
 * next answer on it, and one that is not used is closed at the end. Then the web server stops, which waits for requests
 * that have begun, and then all that stands on lower phases.
 */
final class OpenConnections implements SmartLifecycle {

    /** Behind what ends long requests, before the web server. It may not depend on the intake: Spring would stop it first. */
    static final int PHASE = Intake.PHASE - 2;

    private static final Logger log = LoggerFactory.getLogger(OpenConnections.class);

    private static final Duration LOOK = Duration.ofMillis(20);

    private final Connectors connectors;
    private final Duration drain;
    private volatile boolean running;

    OpenConnections(Connectors connectors, Duration drain) {
        this.connectors = connectors;
        this.drain = drain;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        long end = System.nanoTime() + drain.toNanos();
        try {
            while (connectors.connections() > 0 && System.nanoTime() < end) {
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.info("Stopping: {} connections are left", connectors.connections());
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
