package io.opsflow.queryside.feed;

import io.opsflow.queryside.generation.BuildProgress.Phase;
import io.opsflow.queryside.generation.Generation;
import io.opsflow.queryside.generation.Generations;
import io.opsflow.queryside.generation.LayoutClaim;
import io.opsflow.web.stop.StopConfiguration;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Builds the generation that somebody has asked for, in a thread of its own and in one process at a time. Whatever fails
 * is tried again and goes on where it was: a generation knows its offsets. Only one that fills the disk is given up, as
 * it takes the room that the generation that is read, and in standalone the event store, needs to go on.
 */
final class GenerationBuilder implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(GenerationBuilder.class);

    private static final Duration LOOK = Duration.ofMillis(300);
    private static final Duration LOOK_FOR_UNUSED = Duration.ofMinutes(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

    /** So many records are left that the rest may be applied while nobody writes to the generation that is read. */
    private static final long ALMOST_THERE = 2_000;

    /** PostgreSQL's code. */
    private static final String DISK_FULL = "53100";

    private final Generations generations;
    private final LayoutClaim claim;
    private final Function<Generation, TopicLoad> loads;
    private final Supplier<Map<TopicPartition, Long>> liveOffsets;
    private final Backoff backoff = Backoff.quick();
    private boolean hasNewClaim;
    private boolean isWithoutTopic;
    private long lookedForUnusedAt = System.nanoTime();
    private @Nullable Thread thread;

    /**
     * @param loads begins to fill a generation
     * @param liveOffsets where the generation that is read is now
     */
    GenerationBuilder(
            Generations generations,
            LayoutClaim claim,
            Function<Generation, TopicLoad> loads,
            Supplier<Map<TopicPartition, Long>> liveOffsets) {
        this.generations = generations;
        this.claim = claim;
        this.loads = loads;
        this.liveOffsets = liveOffsets;
    }

    private void run() {
        try {
            while (true) {
                if (!backoff.isWaiting()) {
                    look();
                }
                Thread.sleep(LOOK);
            }
        } catch (InterruptedException | CancellationException e) {
            log.debug("stopped");
        }
    }

    private void look() throws InterruptedException {
        try {
            keepTheClaim();
            Optional<Generation> building = generations.building();
            if ((building.isPresent() || generations.haveLeftOvers()) && claim.tryToBuild()) {
                try {
                    if (building.isPresent()) {
                        build(building.get());
                    } else {
                        generations.dropLeftOvers();
                    }
                } finally {
                    claim.stopBuilding();
                }
            }
            if (System.nanoTime() - lookedForUnusedAt > LOOK_FOR_UNUSED.toNanos() && generations.isLive()) {
                lookedForUnusedAt = System.nanoTime();
                generations.dropUnused(claim);
            }
            isWithoutTopic = false;
            backoff.succeeded();
        } catch (CancellationException e) {
            throw e;
        } catch (UnknownTopicOrPartitionException e) {
            if (!isWithoutTopic) {
                isWithoutTopic = true;
                log.warn("the topic, of which the read model is built, is not there; the command side makes it");
            }
            backoff.failed();
        } catch (SQLException | RuntimeException e) {
            // The database or the broker is away; or a mistake of ours, which must not end the builder for good either.
            if (!Thread.currentThread().isInterrupted()) {
                log.warn("the read model's generations cannot be looked after; trying again until they can", e);
            }
            backoff.failed();
        }
    }

    /** Also where the last attempt got no further than the claim itself. */
    private void keepTheClaim() throws SQLException {
        if (claim.renewIfLost()) {
            log.warn("the connection that says that this process uses its read model was lost, and is there again");
            hasNewClaim = true;
        }
        if (hasNewClaim) {
            generations.prepare(claim);
            hasNewClaim = false;
            if (!generations.isLive()) {
                log.error("another process has dropped the read model of this one meanwhile; it is built anew");
            }
        }
    }

    private void build(Generation generation) throws InterruptedException, SQLException {
        log.info(
                "building generation {} of the read model, asked for by {}", generation.id(), generation.requestedBy());
        try {
            fill(generation);
        } catch (AnotherTopicException e) {
            log.warn("generation {} is begun anew: {}", generation.id(), e.getMessage());
            requireTheClaim();
            generations.empty(generation);
        } catch (RuntimeException e) {
            if (!isOfAFullDisk(e)) {
                throw e;
            }
            requireTheClaim();
            if (!generations.giveUp(generation)) {
                throw e;
            }
            log.error(
                    "generation {}, asked for by {}, is given up, and its space is free again: the disk of the read model's"
                            + " database is full. Make room for a second read model, then ask again",
                    generation.id(),
                    generation.requestedBy(),
                    e);
        }
    }

    private void fill(Generation generation) throws InterruptedException, SQLException {
        generations.makeTables(generation);
        try (TopicLoad load = loads.apply(generation);
                BuildReport report = new BuildReport(generations, generation, load::applied)) {
            load(load, report);
            report.phase(Phase.INDEXING);
            generations.makeIndexes(generation);
            report.phase(Phase.CATCHING_UP);
            load(load, report);
            load.requireOneTopic();
            requireTheClaim();
            generations.goLive(generation, () -> catchUp(load));
        }
        log.info("generation {} of the read model is read from now on", generation.id());
    }

    private static boolean isOfAFullDisk(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && DISK_FULL.equals(e.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** A build takes long: meanwhile another process may have taken it over. */
    private void requireTheClaim() throws SQLException {
        if (!claim.isHeld()) {
            throw new SQLException("the right to build was lost with its connection");
        }
    }

    private static void load(TopicLoad load, BuildReport report) throws InterruptedException {
        Map<TopicPartition, Long> ends = load.ends();
        do {
            report.total(TopicLoad.sum(ends.values()));
            load.through(ends);
            ends = load.ends();
        } while (TopicLoad.sum(ends.values()) - load.applied() > ALMOST_THERE);
    }

    private void catchUp(TopicLoad load) {
        try {
            load.through(liveOffsets.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the process is stopping");
        }
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("generation-builder").start(this::run);
        }
    }

    /** Leaves a build in the middle: this process when it starts again, or another one, goes on with it. */
    @Override
    public synchronized void stop() {
        Thread running = thread;
        if (running != null) {
            thread = null;
            running.interrupt();
            try {
                if (!running.join(LONGEST_STOP)) {
                    log.warn("the build of the read model did not stop within {}", LONGEST_STOP);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** While the {@link Feed} stops. */
    @Override
    public void stop(Runnable stopped) {
        Thread.ofVirtual().start(() -> {
            stop();
            stopped.run();
        });
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return StopConfiguration.BEHIND_THE_WEB;
    }
}
