package io.opsflow.bench.commands;

import java.time.Duration;

/**
 * How long to measure commands.
 *
 * @param warmUp of each way, not counted
 * @param turn of each way
 * @param turns of all ways
 * @param fewEvents in the store that all ways begin with
 * @param manyEvents in the store that shows what size costs
 */
public record Effort(Duration warmUp, Duration turn, int turns, int fewEvents, int manyEvents) {

    /** Long enough for ratios to settle: about 12 minutes. */
    public static final Effort THOROUGH =
            new Effort(Duration.ofSeconds(40), Duration.ofSeconds(5), 7, 10_000, 1_000_000);
}
