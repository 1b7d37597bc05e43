package io.opsflow.commandside.relay;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * The two threads of the relay's processor: one reads events and hands them over, the other one sends them. Axon has the
 * second begin with the first event that it is handed, so that what was read together would become a batch of one or two
 * events and another one of the rest. Here it begins when all has been handed over: a batch costs a transaction, a
 * request to the broker and, behind that, a transaction of each consumer.
 */
final class RelayThreads implements AutoCloseable {

    private final ScheduledExecutorService reader = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("relay-reader").factory());

    private final ScheduledExecutorService sender =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("relay-sender").factory()) {

                /** Axon's processors begin their batches by this method, and do not ask for its result. */
                @Override
                public Future<?> submit(Runnable batch) {
                    return reader.submit(() -> super.submit(batch));
                }
            };

    /** Hands over all that there is in one task. */
    ScheduledExecutorService reader() {
        return reader;
    }

    /** Begins what it is submitted behind the task of the reader that is under way. */
    ScheduledExecutorService sender() {
        return sender;
    }

    /** When the processor has stopped. */
    @Override
    public void close() {
        reader.shutdown();
        sender.shutdown();
    }
}
