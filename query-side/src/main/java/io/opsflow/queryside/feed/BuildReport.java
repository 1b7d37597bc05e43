package io.opsflow.queryside.feed;

import io.opsflow.queryside.generation.BuildProgress;
import io.opsflow.queryside.generation.BuildProgress.Phase;
import io.opsflow.queryside.generation.Generation;
import io.opsflow.queryside.generation.Generations;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every second, where all processes can read it, how far a build has come; and now and then in the log. */
final class BuildReport implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BuildReport.class);

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Generations generations;
    private final Generation generation;
    private final LongSupplier applied;
    private final long appliedBefore;
    private final long startedAt = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("build-report").factory());
    private volatile Phase phase = Phase.LOADING;
    private volatile long total;
    private long loadedAt;
    private long lastLineAt = startedAt;

    BuildReport(Generations generations, Generation generation, LongSupplier applied) {
        this.generations = generations;
        this.generation = generation;
        this.applied = applied;
        this.appliedBefore = applied.getAsLong();
        timer.scheduleAtFixedRate(this::tell, 0, 1, TimeUnit.SECONDS);
    }

    synchronized void phase(Phase next) {
        if (phase == Phase.LOADING) {
            loadedAt = System.nanoTime();
        }
        phase = next;
        log.info("Generation {} of the read model: {}", generation.id(), progress());
    }

    void total(long events) {
        total = events;
    }

    private synchronized void tell() {
        BuildProgress progress = progress();
        try {
            generations.report(generation, progress);
        } catch (RuntimeException e) { // also what nobody expects: the timer never runs again what threw once
            log.debug("the progress of generation {} could not be stored", generation.id(), e);
        }
        if (System.nanoTime() - lastLineAt > BETWEEN_LINES.toNanos()) {
            lastLineAt = System.nanoTime();
            log.info("Generation {} of the read model: {}", generation.id(), progress);
        }
    }

    private BuildProgress progress() {
        long now = phase == Phase.LOADING ? System.nanoTime() : loadedAt;
        double seconds = (now - startedAt) / 1e9;
        long events = applied.getAsLong();
        Double rate = seconds < 1 ? null : (events - appliedBefore) / seconds;
        return new BuildProgress(phase, events, Math.max(total, events), rate, Instant.now());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
