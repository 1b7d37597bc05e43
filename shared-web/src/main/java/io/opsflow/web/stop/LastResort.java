package io.opsflow.web.stop;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;

/**
 * Ends a process that was told to stop and cannot, because a database, a broker or a collector hangs. Nothing that was
 * acknowledged is lost by that; who started the process would kill it a little later.
 */
public final class LastResort {

    private static final Logger log = LoggerFactory.getLogger(LastResort.class);

    /** For all that comes after the clients have given up their connections: a stop takes 20 seconds at most. */
    private static final Duration BEHIND_THE_DRAIN = Duration.ofSeconds(13);

    private static final int TERMINATED = 143;

    private LastResort() {}

    /** Of an application that has its process to itself. */
    public static void of(ApplicationContext application) {
        StopSettings settings = application.getBean(StopSettings.class);
        Duration limit = settings.notice().plus(settings.drain()).plus(BEHIND_THE_DRAIN);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> begin(limit), "last-resort"));
    }

    /** In a thread that nobody waits for. */
    private static void begin(Duration limit) {
        Thread.ofPlatform().daemon().name("last-resort").start(() -> {
            try {
                Thread.sleep(limit);
                log.error("Not stopped within {}: ending at once", limit);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                Runtime.getRuntime().halt(TERMINATED);
            }
        });
    }
}
