package io.opsflow.web.tool;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Counts events and says every few seconds how far it is. */
public final class Progress {

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final PrintStream out;
    private final String done;
    private final long began = System.nanoTime();
    private long said = began;

    /** @param done what was done with the events, e.g. checked */
    public Progress(PrintStream out, String done) {
        this.out = out;
        this.done = done;
    }

    public void at(long events) {
        if (System.nanoTime() - said > EVERY.toNanos()) {
            said = System.nanoTime();
            out.println(line(events));
        }
    }

    /** E.g. {@code checked 200000 events in 1.9 s (105263 events/s)}. */
    public String line(long events) {
        double seconds = Math.max(System.nanoTime() - began, 1) / 1e9;
        return String.format(
                Locale.ROOT, "%s %d events in %.1f s (%.0f events/s)", done, events, seconds, events / seconds);
    }
}
