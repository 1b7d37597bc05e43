package io.opsflow.commandside.eventstore.idempotency;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Forgets old idempotency keys, every hour. Processes do it beside each other without harm. */
final class ForgetAnsweredRequests implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ForgetAnsweredRequests.class);
    private static final Duration EVERY = Duration.ofHours(1);

    private final AnsweredRequests requests;
    private final Duration after;
    private final ScheduledExecutorService scheduler;

    ForgetAnsweredRequests(AnsweredRequests requests, Duration after) {
        this.requests = requests;
        this.after = after;
        this.scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("forget-answered-requests").daemon().factory());
        scheduler.scheduleWithFixedDelay(this::forget, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void forget() {
        try {
            requests.forgetAfter(after);
        } catch (DataAccessException | TransactionException e) {
            // Thrown on, it would end the schedule.
            log.warn("Old idempotency keys could not be forgotten, the next try is in an hour: {}", e.toString());
        } catch (RuntimeException e) {
            // A mistake of ours, which must not end it either.
            log.error("Old idempotency keys could not be forgotten", e);
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
