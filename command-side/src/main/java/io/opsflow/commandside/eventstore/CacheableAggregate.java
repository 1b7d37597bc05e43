package io.opsflow.commandside.eventstore;

/** An aggregate that stays in memory between commands. */
public interface CacheableAggregate {

    /** About what it takes in memory, in bytes. */
    int size();
}
