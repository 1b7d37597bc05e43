package io.opsflow.commandside.relay;

import java.util.function.Supplier;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Stops the relay's processor on this node, so that it holds nothing that others need to repair what is wrong, and lets
 * it go on from the stored position. What it has read by then is forgotten.
 */
final class RelaySwitch {

    private final Supplier<StreamingEventProcessor> processor;
    private final RelayProducer producer;
    private boolean isOff;
    private boolean isLeaving;
    private volatile @Nullable String problem;

    /** @param processor is asked for when it is needed: it does not exist before its handlers */
    RelaySwitch(Supplier<StreamingEventProcessor> processor, RelayProducer producer) {
        this.processor = processor;
        this.producer = producer;
    }

    synchronized void turn(boolean on) {
        if (isLeaving) {
            return;
        }
        if (!on && processor.get().isRunning()) {
            isOff = true;
            producer.abandon(); // else what waits for the broker would be waited for
            processor.get().shutDown();
        } else if (on && isOff) {
            isOff = false;
            problem = null;
            processor.get().start();
        }
    }

    void failed(String reason) {
        problem = reason;
    }

    void works() {
        problem = null;
    }

    /** What went wrong last, until something went through or it was turned on again. */
    @Nullable
    String problem() {
        return problem;
    }

    /** The node stops: from here on others start and stop it. */
    synchronized void leave() {
        isLeaving = true;
    }
}
