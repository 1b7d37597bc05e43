package io.opsflow.bench.commands;

import java.time.Duration;

/**
 * How long to measure commands.
 *
 * @param warmUp a window of each way, not counted; at least three
 * @param warmUps so many windows at most, where it still gets faster
 * @param turn of each way
 * @param turns of all ways
 * @param fewEvents in the store that all ways begin with
 * @param manyEvents in the store that shows what size costs
 */
public record Effort(Duration warmUp, int warmUps, Duration turn, int turns, int fewEvents, int manyEvents) {

    /** Long enough for ratios to settle: about 20 minutes. */
    public static final Effort THOROUGH =
            new Effort(Duration.ofSeconds(15), 16, Duration.ofSeconds(5), 7, 10_000, 1_000_000);
}
