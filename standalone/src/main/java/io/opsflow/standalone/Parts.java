package io.opsflow.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was started, to be stopped last first, so that nothing loses the ground it stands on while it finishes. It may
 * be closed while parts are still being added: a late one is stopped at once.
 */
final class Parts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    synchronized <T extends AutoCloseable> T add(T part) {
        if (closed) {
            stop(part);
            throw StartFailure.stopped();
        }
        parts.push(part);
        return part;
    }

    /** A part that fails to stop does not keep the others from it. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!parts.isEmpty()) {
            stop(parts.pop());
        }
    }

    private static void stop(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
        }
    }
}
