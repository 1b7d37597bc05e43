package io.opsflow.queryside.consistency;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a process that looks for what its reads wait for: when one begins to wait, and again and again
 * meanwhile, as other processes commit too. What this process commits reads learn from who commits it.
 */
final class Lookout implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lookout.class);

    private static final long PAUSE_MILLIS = 10;

    /** After a look it rests for this many times as long: however much is awaited, others get most of the database. */
    private static final int REST = 3;

    /** But no longer than this: a look that hung with the database says nothing about the next. */
    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private static final int IDS_A_STATEMENT = 10_000;

    private final HeldVersions versions;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Boolean> wakeups = new ArrayBlockingQueue<>(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("consistency").unstarted(this::run);
    private boolean failing;

    Lookout(HeldVersions versions) {
        this.versions = versions;
    }

    Lookout start() {
        thread.start();
        return this;
    }

    void add(Waiting read) {
        waiting.add(read);
        boolean unused = wakeups.offer(true); // one that stands there already wakes just as well
    }

    void remove(Waiting read) {
        waiting.remove(read);
    }

    int size() {
        return waiting.size();
    }

    /** Tells those who wait what there is now. */
    void learn(Collection<Held> rows) {
        if (!waiting.isEmpty()) {
            Map<String, Held> found = rows.stream().collect(toMap(Held::id, Function.identity(), (old, now) -> now));
            waiting.forEach(read -> read.learn(found));
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (waiting.isEmpty()) {
                    wakeups.take();
                } else {
                    long start = System.nanoTime();
                    look();
                    TimeUnit.NANOSECONDS.sleep(Math.min(REST * (System.nanoTime() - start), LONGEST_REST.toNanos()));
                    wakeups.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void look() {
        List<Waiting> reads = List.copyOf(waiting);
        Set<String> ids = new HashSet<>();
        reads.forEach(read -> ids.addAll(read.missing()));
        try {
            Map<String, Held> found = find(ids);
            reads.forEach(read -> read.learn(found));
            failing = false;
        } catch (RuntimeException e) { // of whatever kind: there is nobody else to look
            if (!failing) {
                log.warn("what reads wait for cannot be looked up; trying again until it can", e);
            }
            failing = true;
        }
    }

    private Map<String, Held> find(Collection<String> ids) {
        Map<String, Held> found = new HashMap<>();
        List<String> all = List.copyOf(ids);
        for (int i = 0; i < all.size(); i += IDS_A_STATEMENT) {
            found.putAll(versions.of(all.subList(i, Math.min(all.size(), i + IDS_A_STATEMENT))));
        }
        return found;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
