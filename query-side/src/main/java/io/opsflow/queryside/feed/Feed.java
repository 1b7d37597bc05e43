package io.opsflow.queryside.feed;

import io.opsflow.queryside.generation.Generations;
import io.opsflow.web.stop.StopConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Follows the topic, from the start to the stop of the application, with a few consumers that share its partitions: each
 * has a thread, so that while one waits for the database or a processor, another one gets on. Whatever fails is tried
 * again: the application starts and answers without a broker and before there is a topic. It stops behind the web
 * server: reads that are under way may wait for what it brings.
 */
final class Feed implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Feed.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

    private final Generations generations;
    private final Function<FeedStatus.Share, FeedSession> sessions;
    private final List<FeedStatus.Share> shares;
    private @Nullable Run run;

    /** @param shares one for each consumer */
    Feed(Generations generations, Function<FeedStatus.Share, FeedSession> sessions, List<FeedStatus.Share> shares) {
        this.generations = generations;
        this.sessions = sessions;
        this.shares = List.copyOf(shares);
    }

    @Override
    public synchronized void start() {
        if (run == null) {
            run = new Run();
        }
    }

    /** Waits for the transactions that are under way, a few seconds at most. */
    @Override
    public synchronized void stop() {
        if (run != null) {
            run.end();
            run = null;
        }
    }

    /** While the {@link GenerationBuilder} stops. */
    @Override
    public void stop(Runnable stopped) {
        Thread.ofVirtual().start(() -> {
            stop();
            stopped.run();
        });
    }

    @Override
    public synchronized boolean isRunning() {
        return run != null;
    }

    @Override
    public int getPhase() {
        return StopConfiguration.BEHIND_THE_WEB;
    }

    private final class Run {

        private final CountDownLatch ending = new CountDownLatch(1);
        private final List<Thread> threads = shares.stream()
                .map(share -> Thread.ofPlatform()
                        .name("feed-" + shares.indexOf(share))
                        .start(() -> follow(share)))
                .toList();

        private void follow(FeedStatus.Share share) {
            while (!isEnding(Duration.ZERO)) {
                if (!canBegin()) {
                    isEnding(PAUSE);
                    continue;
                }
                try (FeedSession session = sessions.apply(share)) {
                    while (!isEnding(Duration.ZERO)) {
                        session.step();
                    }
                } catch (RuntimeException e) {
                    // A broker whose name cannot be resolved or that refuses us; or a mistake of ours, which must not
                    // end the feed for good either.
                    log.error("the topic cannot be followed; trying again with a new consumer", e);
                    share.failed("the topic cannot be followed");
                    isEnding(PAUSE);
                }
            }
        }

        /** Until the first generation of a layout is built, its builder follows the topic. */
        private boolean canBegin() {
            try {
                return generations.isLive();
            } catch (DataAccessException e) {
                log.debug("the read model cannot be asked for its generation", e);
                return false;
            }
        }

        private boolean isEnding(Duration wait) {
            try {
                return ending.await(wait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return true; // nobody else knows the thread
            }
        }

        void end() {
            ending.countDown();
            long last = System.nanoTime() + LONGEST_STOP.toNanos();
            try {
                for (Thread thread : threads) {
                    if (!thread.join(Duration.ofNanos(Math.max(1, last - System.nanoTime())))) {
                        log.warn("the thread {} did not stop within {}", thread.getName(), LONGEST_STOP);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
