package io.opsflow.bench.readmodel;

import java.time.Duration;

/**
 * How long to measure the read model.
 *
 * @param rebuilds that are timed
 * @param warmUp a window of each process, not counted
 * @param warmUps so many of the reads; of the commands so many at most, where these still get faster
 * @param turn of the commands alone, which tell how many a second are half
 * @param together a turn of both sides, which tells the same of them; long, as what they are behind with counts
 * @param turns of either
 * @param pastEvents in the store that commands begin with
 * @param watch a turn of looking for writes; tenths of its samples are few, so it is long
 * @param watches turns of that
 */
public record ReadModelEffort(
        int rebuilds,
        Duration warmUp,
        int warmUps,
        Duration turn,
        Duration together,
        int turns,
        int pastEvents,
        Duration watch,
        int watches) {

    /** With 1,000,000 events about 25 minutes. */
    public static final ReadModelEffort THOROUGH = new ReadModelEffort(
            3,
            Duration.ofSeconds(20),
            12,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            3,
            10_000,
            Duration.ofSeconds(50),
            4);
}
