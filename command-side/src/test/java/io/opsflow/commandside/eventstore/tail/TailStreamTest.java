package io.opsflow.commandside.eventstore.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.commandside.eventstore.TailPage;
import java.util.ArrayList;
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
            (after, most) -> new TailPage(List.of(event(after + 1)), after + 1, PAGE, true, 2),
            0,
            done::get,
            closed -> {});

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

    /** A poll that falls into its look would wake it for what it is about to find. */
    @Test
    void whoIsLookingIsNotBehind() throws InterruptedException {
        TailStream[] looking = new TailStream[1];
        looking[0] = new TailStream(
                (after, most) -> {
                    assertThat(looking[0].isBehind(1)).isFalse();
                    return new TailPage(List.of(event(1)), 1, PAGE, false, TailPage.FIRST);
                },
                0,
                done::get,
                closed -> {});
        assertThat(looking[0].isBehind(1)).isTrue();
        looking[0].nextAvailable();
        assertThat(looking[0].isBehind(1)).isFalse();
        assertThat(looking[0].isBehind(2)).isTrue();
    }

    @Test
    void asManyAreAskedForAsThePageBeforeSays() throws InterruptedException {
        List<Integer> asked = new ArrayList<>();
        TailStream asking = new TailStream(
                (after, most) -> {
                    asked.add(most);
                    return new TailPage(List.of(event(after + 1)), after + 1, 1, true, most / 2);
                },
                0,
                () -> Long.MAX_VALUE,
                closed -> {});

        asking.nextAvailable();
        asking.nextAvailable();
        asking.nextAvailable();

        assertThat(asked).containsExactly(TailPage.FIRST, TailPage.FIRST / 2, TailPage.FIRST / 4);
    }

    @Test
    void whoWasHeldBackIsToldWhenHeMayGoOn() throws InterruptedException {
        AtomicLong told = new AtomicLong();
        stream.setOnAvailableCallback(told::incrementAndGet);
        stream.wakeWhereDone();
        take();
        stream.wakeWhereDone();
        assertThat(told).as("he has done nothing").hasValue(0);
        done.set(1);
        stream.wakeWhereDone();
        stream.wakeWhereDone();
        assertThat(told).as("once is enough").hasValue(1);
        assertThat(take()).isEqualTo(1);
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
