package io.opsflow.bench.readmodel;

import io.opsflow.bench.commands.AnsweredWrites;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/**
 * Takes a sample of the writes and measures how long it takes until each can be read. When the next is taken does not
 * depend on how the last are doing, so a stall counts for all that fall into it.
 */
final class Watch implements AnsweredWrites, AutoCloseable {

    static final int SAMPLES_PER_SECOND = 20;

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos() / SAMPLES_PER_SECOND;
    private static final int DIGITS = 3;

    private final Reader reader;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Future<Long>> samples = new ConcurrentLinkedQueue<>();
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final LongAdder reads = new LongAdder();

    Watch(Reader reader) {
        this.reader = reader;
    }

    @Override
    public void answered(String taskId, long version, long nanoTime) {
        long due = next.get();
        if (nanoTime - due >= 0 && next.compareAndSet(due, nanoTime + pause())) {
            samples.add(readers.submit(() -> look(taskId, version, nanoTime)));
        }
    }

    /** Not always the same, so that it falls into no step with anything. */
    private static long pause() {
        return INTERVAL / 2 + ThreadLocalRandom.current().nextLong(INTERVAL);
    }

    private long look(String taskId, long version, long answered) throws IOException, InterruptedException {
        reads.add(reader.await(taskId, version));
        return System.nanoTime() - answered;
    }

    /** Nanoseconds of all samples; waits for those that cannot be read yet. Nobody writes any more. */
    Histogram seen() throws ExecutionException, InterruptedException {
        Histogram seen = new Histogram(DIGITS);
        for (Future<Long> sample : samples) {
            seen.recordValue(sample.get());
        }
        return seen;
    }

    /** How many were needed for what has been read so far. */
    long reads() {
        return reads.sum();
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
