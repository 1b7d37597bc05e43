package io.opsflow.queryside.generation;

import io.opsflow.queryside.table.Pipeline;

/**
 * Keeps a generation in its place until the end of a transaction that writes to it. Taken by every such transaction
 * before anything else, so that no exchange of generations can fall into one.
 */
@FunctionalInterface
public interface GenerationLock {

    /**
     * @param transaction of the writer; it ends with a NotTheGenerationException where the generation is not what its
     *     writer takes it for, any more or yet
     */
    void hold(Pipeline transaction);
}
