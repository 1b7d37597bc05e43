package io.opsflow.queryside.feed;

import java.time.Duration;

/** When to try again: soon at first, then later each time, up to a limit. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private Duration pause = Duration.ZERO;
    private long since;

    private Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** For what comes back by itself. */
    static Backoff quick() {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
    }

    /** For what somebody has to put right. */
    static Backoff slow() {
        return new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    boolean isWaiting() {
        return System.nanoTime() - since < pause.toNanos();
    }

    /** Whether the last attempt failed. */
    boolean hasFailed() {
        return !pause.isZero();
    }

    void failed() {
        Duration doubled = pause.multipliedBy(2);
        pause = pause.isZero() ? first : doubled.compareTo(longest) < 0 ? doubled : longest;
        since = System.nanoTime();
    }

    void succeeded() {
        pause = Duration.ZERO;
    }
}
