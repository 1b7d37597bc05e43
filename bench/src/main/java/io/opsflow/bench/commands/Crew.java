package io.opsflow.bench.commands;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Everybody who has commands done in one way at the same time: 32 threads, kept from turn to turn. */
final class Crew implements AutoCloseable {

    static final int SIZE = 32;

    /** What their threads are called. */
    static final String THREADS = "caller-";

    private static final int DIGITS = 3;
    private static final int LAST = 3;
    private static final double FASTER = 1.05;
    private static final int MOST_TURNS = 10;

    private final Way way;
    private final List<Way.Worker> workers = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            SIZE, Thread.ofPlatform().daemon().name(THREADS, 0).factory());

    /**
     * What was done in how long.
     *
     * @param nanosBehind how much longer it took until all that the commands had caused was done, too
     */
    record Turn(long commands, long nanos, long nanosBehind) {
        double perSecond() {
            return commands * 1e9 / nanos;
        }
    }

    Crew(Way way) throws Exception {
        this.way = way;
        for (int i = 0; i < SIZE; i++) {
            workers.add(way.worker(i));
        }
    }

    /**
     * As many commands as can be done: each worker begins the next when the last is answered. What is answered too late
     * does not count. A turn in which nothing is answered, as one that is too short for a cold service, is done again.
     */
    Turn work(Duration time) throws Exception {
        Turn turn = workOnce(time);
        for (int again = 1; again < MOST_TURNS && turn.commands() == 0; again++) {
            turn = workOnce(time);
        }
        return turn;
    }

    private Turn workOnce(Duration time) throws Exception {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Callable<Long>> shifts = new ArrayList<>();
        for (Way.Worker worker : workers) {
            shifts.add(() -> {
                long done = 0;
                for (worker.next(); System.nanoTime() < end; worker.next()) {
                    done++;
                }
                return done;
            });
        }
        long commands = 0;
        for (Future<Long> shift : threads.invokeAll(shifts)) {
            commands += shift.get();
        }
        long answered = System.nanoTime();
        way.settle();
        return new Turn(commands, time.toNanos(), System.nanoTime() - answered);
    }

    /**
     * Works until it gets no faster: a JVM that has to compile what it does, on processors that are busy, takes minutes.
     *
     * @param window so long at least; it is told by the best of three that they are no better than what came before
     * @param longest windows
     */
    void warmUp(Duration window, int longest) throws Exception {
        List<Double> speeds = new ArrayList<>();
        while (speeds.size() < longest && isGettingFaster(speeds)) {
            speeds.add(work(window).perSecond());
        }
    }

    private static boolean isGettingFaster(List<Double> speeds) {
        int before = speeds.size() - LAST;
        return before <= 0
                || Collections.max(speeds.subList(before, speeds.size()))
                        > FASTER * Collections.max(speeds.subList(0, before));
    }

    /**
     * So many commands a second, whether or not those before are answered, as far as there are workers. A command's time
     * counts from when it should have begun, so one that had to wait for a worker counts with its wait.
     *
     * @return nanoseconds
     */
    Histogram latencies(double perSecond, Duration time) throws Exception {
        double interval = 1e9 / perSecond;
        long count = (long) (time.toNanos() / interval);
        AtomicLong next = new AtomicLong();
        long begin = System.nanoTime();
        List<Callable<Histogram>> shifts = new ArrayList<>();
        for (Way.Worker worker : workers) {
            shifts.add(() -> {
                Histogram latencies = new Histogram(DIGITS);
                for (long i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    long planned = begin + (long) (i * interval);
                    sleepUntil(planned);
                    worker.next();
                    latencies.recordValue(System.nanoTime() - planned);
                }
                return latencies;
            });
        }
        Histogram all = new Histogram(DIGITS);
        for (Future<Histogram> shift : threads.invokeAll(shifts)) {
            all.add(shift.get());
        }
        way.settle();
        return all;
    }

    private static void sleepUntil(long nanoTime) {
        for (long rest = nanoTime - System.nanoTime(); rest > 0; rest = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        threads.shutdownNow();
        for (Way.Worker worker : workers) {
            worker.close();
        }
        way.close();
    }
}
