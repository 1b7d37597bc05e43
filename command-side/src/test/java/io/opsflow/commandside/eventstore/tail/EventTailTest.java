package io.opsflow.commandside.eventstore.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.commandside.eventstore.StoreTest;
import io.opsflow.commandside.eventstore.TailPage;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.Test;

class EventTailTest extends StoreTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Duration SOON = Duration.ofMillis(20);

    @Test
    void aReaderStartsAfterItsToken() throws InterruptedException {
        store.appendEvents(renamed("task-1", 0), renamed("task-1", 1));
        try (EventTail tail = new EventTail(store, NEVER, PAUSE);
                BlockingStream<TrackedEventMessage<?>> stream = tail.openStream(new GlobalSequenceTrackingToken(1))) {
            assertThat(stream.peek()).map(StoreTest::index).contains(2L);
            assertThat(index(stream.nextAvailable())).isEqualTo(2);
            assertThat(stream.hasNextAvailable()).isFalse();
        }
    }

    @Test
    void aReaderIsToldOfAnAppendOnItsNodeWithoutAskingTheDatabase() throws InterruptedException {
        try (EventTail tail = new EventTail(store, NEVER, PAUSE);
                BlockingStream<TrackedEventMessage<?>> stream = tail.openStream(null)) {
            AtomicInteger calls = new AtomicInteger();
            assertThat(stream.setOnAvailableCallback(calls::incrementAndGet)).isTrue();
            assertThat(stream.hasNextAvailable()).isFalse();

            store.appendEvents(renamed("task-1", 0));

            await().atMost(Duration.ofSeconds(30)).until(() -> calls.get() > 0);
            assertThat(stream.hasNextAvailable(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aReaderOfABurstIsToldOfItsEndToo() throws InterruptedException {
        try (EventTail tail = new EventTail(store, NEVER, PAUSE);
                BlockingStream<TrackedEventMessage<?>> stream = tail.openStream(null)) {
            for (int i = 0; i < 50; i++) {
                store.appendEvents(renamed("task-1", i));
                while (stream.hasNextAvailable()) {
                    stream.nextAvailable();
                }
            }
            store.appendEvents(renamed("task-2", 0));

            assertThat(stream.hasNextAvailable(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aReaderIsToldSoonOfWhatAnotherNodeAppended() throws InterruptedException {
        try (EventTail tail = new EventTail(store, SOON, PAUSE);
                BlockingStream<TrackedEventMessage<?>> stream = tail.openStream(null)) {
            AtomicInteger calls = new AtomicInteger();
            stream.setOnAvailableCallback(calls::incrementAndGet);
            assertThat(stream.hasNextAvailable()).isFalse();

            engine().appendEvents(renamed("task-1", 0));

            await().atMost(Duration.ofSeconds(30)).until(() -> calls.get() > 0);
            assertThat(stream.hasNextAvailable()).isTrue();
            assertThat(index(stream.nextAvailable())).isEqualTo(1);
        }
    }

    @Test
    void asItIsConfiguredAReaderIsToldOfItToo() throws InterruptedException {
        try (EventTail tail = new TailConfiguration().eventTail(store);
                BlockingStream<TrackedEventMessage<?>> stream = tail.openStream(null)) {
            AtomicInteger calls = new AtomicInteger();
            stream.setOnAvailableCallback(calls::incrementAndGet);
            assertThat(stream.hasNextAvailable()).isFalse();

            engine().appendEvents(renamed("task-1", 0));

            await().atMost(Duration.ofSeconds(30)).until(() -> calls.get() > 0);
        }
    }

    @Test
    void nobodyIsToldBeforeThePauseIsOverOfWhatIsToldAnyway() throws InterruptedException {
        nobodyIsToldWithinThePause(() -> store.appendEvents(renamed("task-1", 1)));
    }

    @Test
    void norOfWhatAnotherNodeAppended() throws InterruptedException {
        nobodyIsToldWithinThePause(() -> engine().appendEvents(renamed("task-1", 1)));
    }

    private void nobodyIsToldWithinThePause(Runnable append) throws InterruptedException {
        try (EventTail tail = new EventTail(store, SOON, Duration.ofMinutes(1));
                BlockingStream<TrackedEventMessage<?>> stream = tail.openStream(null)) {
            AtomicInteger calls = new AtomicInteger();
            stream.setOnAvailableCallback(calls::incrementAndGet);
            assertThat(stream.hasNextAvailable()).isFalse();
            store.appendEvents(renamed("task-1", 0));
            await().atMost(Duration.ofSeconds(30)).until(() -> calls.get() == 1);
            stream.nextAvailable();

            append.run();

            await().during(SOON.multipliedBy(20)).until(() -> calls.get() == 1);
        }
    }

    @Test
    void aPollThatFailsIsNotTheLast() throws InterruptedException {
        try (EventTail tail = new EventTail(store, SOON, PAUSE);
                BlockingStream<TrackedEventMessage<?>> stream = tail.openStream(null)) {
            AtomicInteger calls = new AtomicInteger();
            stream.setOnAvailableCallback(() -> {
                if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("the first poll");
                }
            });
            assertThat(stream.hasNextAvailable()).isFalse();
            engine().appendEvents(renamed("task-1", 0));
            await().atMost(Duration.ofSeconds(30)).until(() -> calls.get() == 1);
            stream.nextAvailable();
            assertThat(stream.hasNextAvailable()).isFalse();

            engine().appendEvents(renamed("task-1", 1));

            await().atMost(Duration.ofSeconds(30)).until(() -> calls.get() > 1);
        }
    }

    @Test
    void manyEventsComeInOrderPageAfterPage() throws InterruptedException {
        int many = moreThanAPage();
        try (EventTail tail = new EventTail(store, NEVER, PAUSE);
                BlockingStream<TrackedEventMessage<?>> stream = tail.openStream(null)) {
            for (int i = 1; i <= many; i++) {
                assertThat(index(stream.nextAvailable())).isEqualTo(i);
            }
            assertThat(stream.hasNextAvailable()).isFalse();
        }
    }

    @Test
    void whoWantsFewEventsGetsThoseAndTheLastOfEachLook() throws InterruptedException {
        store.appendEvents(renamed("task-1", 0), described("task-1", 1), renamed("task-1", 2), renamed("task-1", 3));
        try (EventTail tail = new EventTail(store, NEVER, PAUSE);
                BlockingStream<TrackedEventMessage<?>> stream =
                        tail.only("task.described").openStream(null)) {
            assertThat(index(stream.nextAvailable())).isEqualTo(2);
            assertThat(index(stream.nextAvailable())).isEqualTo(4);
            assertThat(stream.hasNextAvailable()).isFalse();

            store.appendEvents(renamed("task-1", 4), renamed("task-1", 5));

            assertThat(stream.hasNextAvailable(30, TimeUnit.SECONDS)).isTrue();
            assertThat(index(stream.nextAvailable())).isEqualTo(6);
        }
    }

    @Test
    void manyEventsThatAreWantedComeInOrderPageAfterPage() throws InterruptedException {
        int many = moreThanAPage();
        try (EventTail tail = new EventTail(store, NEVER, PAUSE);
                BlockingStream<TrackedEventMessage<?>> stream =
                        tail.only("task.renamed").openStream(new GlobalSequenceTrackingToken(1))) {
            for (int i = 2; i <= many; i++) {
                assertThat(index(stream.nextAvailable())).isEqualTo(i);
            }
            assertThat(stream.hasNextAvailable()).isFalse();
        }
    }

    private int moreThanAPage() {
        int many = 300;
        for (int i = 0; i < many; i++) {
            store.appendEvents(renamed("task-1", i));
        }
        assertThat(store.tail(0, TailPage.FIRST).events()).hasSizeLessThan(many);
        return many;
    }
}
