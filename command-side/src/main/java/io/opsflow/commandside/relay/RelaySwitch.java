package io.opsflow.commandside.relay;

import java.util.function.Supplier;
import org.axonframework.eventhandling.StreamingEventProcessor;

/**
 * Stops the relay's processor on this node, so that it holds nothing that others need to repair what is wrong, and lets
 * it go on from the stored position. What it has read by then is forgotten.
 */
final class RelaySwitch {

    private final Supplier<StreamingEventProcessor> processor;
    private final RelayProducer producer;
    private boolean isOff;
    private boolean isLeaving;

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
            processor.get().start();
        }
    }

    /** The node stops: from here on others start and stop it. */
    synchronized void leave() {
        isLeaving = true;
    }
}
