package io.opsflow.commandside.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Has a command that lost a race decided again, on fresh state; every other failure is final. After {@value #RETRIES}
 * retries, which take a second or more, the gateway throws the {@link ConcurrencyException}.
 *
 * <p>The pause is a random one: a loser that always comes back after the same time meets the same faster process at the
 * same step, and loses again and again.
 */
final class LostRaces implements RetryScheduler {

    static final int RETRIES = 200;

    private static final int LONGEST_PAUSE_MILLIS = 10;

    @Override
    @SuppressWarnings("rawtypes") // as Axon declares it
    public boolean scheduleRetry(
            CommandMessage command,
            @Nullable RuntimeException lastFailure,
            List<Class<? extends Throwable>[]> failures,
            Runnable decideAgain) {
        if (!(lastFailure instanceof ConcurrencyException) || failures.size() > RETRIES) {
            return false;
        }
        int pause = ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS + 1);
        Map<String, String> request = MDC.getCopyOfContextMap();
        // A thread of its own: a retry waits for its append, and many may lose at once.
        CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS, again -> start(again, request))
                .execute(decideAgain);
        return true;
    }

    /** @param request what log lines say of it; null where there is none */
    private static void start(Runnable decideAgain, @Nullable Map<String, String> request) {
        Thread.ofVirtual().name("command-retry").start(() -> {
            if (request != null) {
                MDC.setContextMap(request);
            }
            decideAgain.run();
        });
    }
}
