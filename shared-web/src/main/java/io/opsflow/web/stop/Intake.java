package io.opsflow.web.stop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.context.SmartLifecycle;

/**
 * The first thing to stop, when readiness has said no already: from then on connections are refused, so that whoever
 * connects goes to another process. What ends long requests stops behind it; see {@link OpenConnections}.
 */
final class Intake implements SmartLifecycle, TomcatProtocolHandlerCustomizer<PoliteProtocol> {

    static final int PHASE = DEFAULT_PHASE;

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final Duration notice;
    private final List<PoliteProtocol> protocols = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    Intake(Duration notice) {
        this.notice = notice;
    }

    @Override
    public void customize(PoliteProtocol protocol) {
        protocols.add(protocol);
    }

    int connections() {
        return protocols.stream().mapToInt(PoliteProtocol::connections).sum();
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
        protocols.forEach(PoliteProtocol::refuse);
        log.info("Stopping: connections are refused, {} are open", connections());
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
