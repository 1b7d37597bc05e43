package io.opsflow.embedded;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.utils.Exit;

/**
 * What Kafka gives up at, as a full disk. It ends the JVM then, which is right for a broker that a supervisor starts
 * again, and wrong for one that shares its JVM with the service: that one shall stay and answer.
 */
final class KafkaFaults {

    private static final AtomicLong COUNT = new AtomicLong();

    private KafkaFaults() {}

    /**
     * From now on the thread that would end the JVM fails instead, and its broker is of no use until it is started again.
     * Kafka means these two setters for tests; they are the only place where it can be told so.
     */
    static void survive() {
        Exit.setHaltProcedure(KafkaFaults::giveUp);
        Exit.setExitProcedure(KafkaFaults::giveUp);
    }

    /** How many there were in this JVM; of which of its brokers is not known. */
    static long count() {
        return COUNT.get();
    }

    private static void giveUp(int status, String message) {
        COUNT.incrementAndGet();
        throw new IllegalStateException("Kafka has given up: " + message);
    }
}
