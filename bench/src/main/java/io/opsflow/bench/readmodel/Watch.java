package io.opsflow.bench.readmodel;

import io.opsflow.bench.commands.AnsweredWrites;
import io.opsflow.bench.server.HttpConnection;
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
 * Takes a sample of the writes and has {@code get} answer each as soon as it can be read: it waits for it by itself, so
 * that a wait costs the machine one read and not many. When the next is taken does not depend on how the last are doing,
 * so a stall counts for all that fall into it.
 */
final class Watch implements AnsweredWrites, AutoCloseable {

    static final int SAMPLES_PER_SECOND = 20;

    private static final long INTERVAL = Duration.ofSeconds(1).toNanos() / SAMPLES_PER_SECOND;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int FOUND = 200;

    /** It did not come while a read waits at most; or the query side is overrun. The reader's wait counts all the same. */
    private static final int TO_BE_TRIED_AGAIN = 503;

    /** Before that: an overrun query side answers at once, and shall not be asked the more for it. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final int DIGITS = 3;

    private static final String QUESTION = """
            {"task_id": "%s"}""";

    private final int port;
    private final String token;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Future<Long>> samples = new ConcurrentLinkedQueue<>();
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final LongAdder reads = new LongAdder();

    /**
     * @param port of a query side
     * @param token of somebody who may see what is written
     */
    Watch(int port, String token) {
        this.port = port;
        this.token = token;
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
        String question = QUESTION.formatted(taskId);
        String write = taskId + "@" + version;
        try (HttpConnection connection = new HttpConnection(port, token)) {
            while (true) {
                HttpConnection.Answer answer = connection.tryPost("/opsflow/v1/task/get", question, write);
                reads.increment();
                long waited = System.nanoTime() - answered;
                if (answer.status() == FOUND && answer.version() >= version) {
                    return waited;
                }
                if (answer.status() != TO_BE_TRIED_AGAIN || waited > PATIENCE.toNanos()) {
                    throw new IllegalStateException("%s is not to be read after %d ms: %d %s"
                            .formatted(write, waited / 1_000_000, answer.status(), answer.body()));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** Nanoseconds of all samples; waits for those that cannot be read yet. Nobody writes any more. */
    Histogram seen() throws ExecutionException, InterruptedException {
        Histogram seen = new Histogram(DIGITS);
        for (Future<Long> sample : samples) {
            seen.recordValue(sample.get());
        }
        return seen;
    }

    /** How many were needed so far. */
    long reads() {
        return reads.sum();
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
