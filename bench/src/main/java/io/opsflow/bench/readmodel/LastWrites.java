package io.opsflow.bench.readmodel;

import io.opsflow.bench.commands.AnsweredWrites;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the last write of each caller, to tell when all that they have written can be read. */
final class LastWrites implements AnsweredWrites {

    private record Write(String taskId, long version) {}

    private final Map<Thread, Write> byCaller = new ConcurrentHashMap<>();

    @Override
    public void answered(String taskId, long version, long nanoTime) {
        byCaller.put(Thread.currentThread(), new Write(taskId, version));
    }

    /** Returns when all of them have been read. Nobody writes any more. */
    void await(Reader reader) throws IOException, InterruptedException {
        for (Write write : byCaller.values()) {
            reader.await(write.taskId(), write.version());
        }
    }
}
