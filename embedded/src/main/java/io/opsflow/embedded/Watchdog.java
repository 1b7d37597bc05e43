package io.opsflow.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a server again that has ended though its owner has not stopped it: somebody killed its processes, the system
 * did when memory ran out, or its disk is full. Then it waits until there is room. One that was stopped by its owner
 * stays stopped. Close it before the server, so that it does not come in the way.
 */
public final class Watchdog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
    private static final long INTERVAL = Duration.ofMillis(500).toMillis();
    private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toMillis();

    /** Whose server has run for so long is not one that ends at each start. */
    private static final long WELL = Duration.ofMinutes(1).toNanos();

    private final String server;
    private final BooleanSupplier revive;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean failing;
    private long pause = INTERVAL;
    private long lastStart = System.nanoTime();

    /** @param revive whether it was started again; throws what keeps it from that */
    private Watchdog(String server, BooleanSupplier revive) {
        this.server = server;
        this.revive = revive;
    }

    /**
     * Looks twice a second, until it is closed. A server that ends at each start is started ever more rarely, up to twice
     * a minute.
     */
    public static Watchdog over(EmbeddedDatabase database) {
        return watching("PostgreSQL", database::revive);
    }

    /** As over a database; from then on no broker of this JVM ends the JVM. */
    public static Watchdog over(EmbeddedBroker broker) {
        KafkaFaults.survive();
        return watching("Kafka", broker::revive);
    }

    private static Watchdog watching(String server, BooleanSupplier revive) {
        Watchdog watchdog = new Watchdog(server, revive);
        Thread.ofPlatform().daemon().name("watchdog " + server).start(watchdog::run);
        return watchdog;
    }

    private void run() {
        try {
            while (!closed.await(pause, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread but a JVM that is about to end.
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (revive.getAsBoolean()) {
                failing = false;
                hasTried();
                log.warn("{} had ended. It runs again, with all that it had acknowledged", server);
            } else if (System.nanoTime() - lastStart > WELL) {
                pause = INTERVAL;
            }
        } catch (FullDisk e) {
            sayOnce(e);
        } catch (RuntimeException e) {
            hasTried();
            sayOnce(e);
        }
    }

    private void hasTried() {
        lastStart = System.nanoTime();
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    /** A disk may be full for hours. */
    private void sayOnce(RuntimeException failure) {
        if (!failing) {
            failing = true;
            log.error("{} has ended and does not start again yet; will keep trying", server, failure);
        }
    }

    /** Returns at once; a start that is under way goes on, and closing the server waits for it. */
    @Override
    public void close() {
        closed.countDown();
    }
}
