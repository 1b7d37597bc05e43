package io.opsflow.commandside.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RelayThreadsTest {

    @Test
    void aBatchBeginsWhenAllThatThereIsHasBeenHandedOver() throws Exception {
        BlockingQueue<String> order = new LinkedBlockingQueue<>();
        try (RelayThreads threads = new RelayThreads()) {
            Runnable batch = () -> order.add("sent");
            Future<?> reading = threads.reader().submit(() -> {
                threads.sender().submit(batch);
                order.add("handed over one");
                awaitAllThatTheSenderHas(threads);
                order.add("handed over the rest");
            });
            reading.get(10, TimeUnit.SECONDS);
            List<String> all = List.of(take(order), take(order), take(order));

            assertThat(all).containsExactly("handed over one", "handed over the rest", "sent");
        }
    }

    private static void awaitAllThatTheSenderHas(RelayThreads threads) {
        try {
            threads.sender().schedule(() -> {}, 0, TimeUnit.MILLISECONDS).get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String take(BlockingQueue<String> order) throws InterruptedException {
        return String.valueOf(order.poll(10, TimeUnit.SECONDS));
    }
}
