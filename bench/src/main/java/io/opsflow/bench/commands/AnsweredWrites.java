package io.opsflow.bench.commands;

/** Is told of every write over HTTP when its answer has come, by the thread that waited for it. */
@FunctionalInterface
public interface AnsweredWrites {

    AnsweredWrites NOBODY_LISTENS = (taskId, version, nanoTime) -> {};

    /**
     * @param version of the task that the answer told
     * @param nanoTime when it came
     */
    void answered(String taskId, long version, long nanoTime);
}
