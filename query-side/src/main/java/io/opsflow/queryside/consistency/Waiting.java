package io.opsflow.queryside.consistency;

import io.opsflow.api.caller.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A read that waits. What it misses is for who looks it up or commits it; the reader only waits for the end of it. */
final class Waiting {

    private final Caller caller;
    private final Map<String, Long> missing;
    private final CountDownLatch open = new CountDownLatch(1);

    Waiting(Caller caller, Map<String, Long> versions) {
        this.caller = caller;
        this.missing = new HashMap<>(versions);
    }

    synchronized Set<String> missing() {
        return Set.copyOf(missing.keySet());
    }

    /** Takes note of what there is; what the caller may not see is not there. */
    synchronized void learn(Map<String, Held> found) {
        missing.entrySet().removeIf(change -> {
            Held held = found.get(change.getKey());
            return held != null
                    && held.version() >= change.getValue()
                    && held.visibleTo().test(caller);
        });
        if (missing.isEmpty()) {
            open.countDown();
        }
    }

    /** Whether everything came within this time. */
    boolean await(Duration limit) throws InterruptedException {
        return open.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
