package io.opsflow.web.stop;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The first thing to stop, when readiness has said no already: from then on connections are refused, so that whoever
 * connects goes to another process. What ends long requests stops behind it; see {@link OpenConnections}.
 */
final class Intake implements SmartLifecycle {

    static final int PHASE = DEFAULT_PHASE;

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final Connectors connectors;
    private final Duration notice;
    private volatile boolean running;

    Intake(Connectors connectors, Duration notice) {
        this.connectors = connectors;
        this.notice = notice;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        try {
            Thread.sleep(notice);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connectors.refuse();
        log.info("Stopping: connections are refused, {} are open", connectors.connections());
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
