package io.opsflow.bench.readmodel;

import io.opsflow.bench.commands.AnsweredWrites;
import io.opsflow.bench.commands.HttpLoad;
import io.opsflow.bench.commands.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Both sides at work: somebody writes by one and reads by the other what was written. */
final class BothSides {

    private final HttpLoad load;
    private final AtomicReference<AnsweredWrites> listener;
    private final Reader reader;

    /**
     * @param listener whom the load tells of its writes
     * @param reader by the query side that follows it
     */
    BothSides(HttpLoad load, AtomicReference<AnsweredWrites> listener, Reader reader) {
        this.load = load;
        this.listener = listener;
        this.reader = reader;
    }

    /**
     * What a while of so many commands a second was like.
     *
     * @param visible from a write's answer until it was read
     * @param written what the writes took
     */
    record Turn(Latency visible, Latency written, double readsPerSecond) {}

    List<Turn> turns(int count, double perSecond, Duration time) throws Exception {
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            turns.add(turn(perSecond, time));
        }
        return turns;
    }

    private Turn turn(double perSecond, Duration time) throws Exception {
        try (Watch watch = new Watch(reader)) {
            listener.set(watch);
            Latency written = Latency.of(load.work(perSecond, time));
            listener.set(AnsweredWrites.NOBODY_LISTENS);
            Latency visible = Latency.of(watch.seen());
            return new Turn(visible, written, watch.reads() / (time.toMillis() / 1e3));
        }
    }

    /** Commands a second, as many as can be done in this time; it counts until all that they have written can be read. */
    double most(Duration time) throws Exception {
        LastWrites writes = new LastWrites();
        long began = System.nanoTime();
        listener.set(writes);
        long commands = load.work(time);
        listener.set(AnsweredWrites.NOBODY_LISTENS);
        writes.await(reader);
        return commands * 1e9 / (System.nanoTime() - began);
    }
}
