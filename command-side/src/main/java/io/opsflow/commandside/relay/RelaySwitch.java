package io.opsflow.commandside.relay;

import io.opsflow.commandside.eventstore.tail.Standstill;
import java.util.function.Supplier;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.jspecify.annotations.Nullable;

/**
 * Stops the relay's processor in this process, so that it holds nothing that others need to repair what is wrong, and
 * lets it go on from the stored position. What it has read by then is forgotten.
 */
final class RelaySwitch {

    private final Supplier<StreamingEventProcessor> processor;
    private final RelayProducer producer;
    private final Standstill standstill;
    private boolean isOff;
    private boolean isLeaving;

    /** @param processor is asked for when it is needed: it does not exist before its handlers */
    RelaySwitch(Supplier<StreamingEventProcessor> processor, RelayProducer producer, Standstill standstill) {
        this.processor = processor;
        this.producer = producer;
        this.standstill = standstill;
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
            standstill.ended();
            processor.get().start();
        }
    }

    /** @param index of the event that was not sent, or one of its batch before it */
    void failed(long index, String reason) {
        standstill.began(index, reason);
    }

    void works() {
        standstill.ended();
    }

    /** What went wrong last, until the relay is past it, on whichever process, or was turned on again. */
    @Nullable
    String problem() {
        return standstill.problem();
    }

    /** The process stops: from here on others start and stop it. */
    synchronized void leave() {
        isLeaving = true;
    }
}
