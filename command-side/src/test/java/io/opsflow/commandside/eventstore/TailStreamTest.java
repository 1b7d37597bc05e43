package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;

class TailStreamTest {

    private static final long PAGE = TailStream.MOST_UNDER_WAY / 4;

    private final AtomicLong done = new AtomicLong();

    /** As events of 4 MiB and more are read: each is a page, and there is always another. */
    private final TailStream stream = new TailStream(
            after -> new TailPage(List.of(event(after + 1)), after + 1, PAGE, true), 0, done::get, closed -> {});

    @Test
    void whoHasMuchToDoGetsNoMoreUntilHeHasDoneSomeOfIt() throws InterruptedException {
        assertThat(take()).isEqualTo(4);
        assertThat(take()).as("nothing was done").isZero();
        done.set(1);
        assertThat(take()).isEqualTo(1);
        done.set(5);
        assertThat(take()).isEqualTo(4);
        assertThat(stream.hasNextAvailable()).isFalse();
        done.set(Long.MAX_VALUE);
        assertThat(stream.nextAvailable().trackingToken().position()).hasValue(10);
    }

    private int take() throws InterruptedException {
        int taken = 0;
        while (stream.hasNextAvailable()) {
            stream.nextAvailable();
            taken++;
        }
        return taken;
    }

    private static TrackedEventMessage<?> event(long index) {
        return new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(index), GenericEventMessage.asEventMessage("an event"));
    }
}
