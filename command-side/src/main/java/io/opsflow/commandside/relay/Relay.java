package io.opsflow.commandside.relay;

import io.opsflow.web.trace.Step;
import io.opsflow.web.trace.Traces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.ConcludesBatch;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a batch of events one behind the other and waits for the broker's yes to all of them before the batch ends, and
 * with it the position is stored. While the broker is away it waits, holding no connection to the database. An event
 * that the broker refuses stops the relay there: it says so, and tries again, ever more slowly, up to once a minute.
 */
@ProcessingGroup(Relay.GROUP)
final class Relay implements Lifecycle {

    static final String GROUP = "relay";

    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private static final String UNDER_WAY = "under way";
    private static final long NOT_WAITING = 0;

    /** How long a batch that is under way at a shutdown may take to end in order. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final TopicVerdict topic;
    private final RelaySwitch relay;
    private final RelayProducer producer;
    private final EventRecords records;
    private final Traces traces;
    private final Acknowledged acknowledged = new Acknowledged();
    private long next;
    private volatile long batchBegan = NOT_WAITING;
    private volatile long done;

    /** @param step ends when the broker has it; of a batch that fails none does, as all of it is sent again */
    private record Sent(Future<RecordMetadata> acknowledgement, Step step) {}

    Relay(TopicVerdict topic, RelaySwitch relay, RelayProducer producer, EventRecords records, Traces traces) {
        this.topic = topic;
        this.relay = relay;
        this.producer = producer;
        this.records = records;
        this.traces = traces;
    }

    @EventHandler
    void on(DomainEventMessage<?> event, TrackingToken position, @ConcludesBatch boolean last, UnitOfWork<?> batch)
            throws InterruptedException {
        try {
            send(event, position, last, batch);
        } catch (InterruptedException | InterruptException e) {
            giveUpBatch();
            throw e;
        } catch (RuntimeException e) {
            stopAt(position, e);
            throw e;
        }
    }

    private void send(DomainEventMessage<?> event, TrackingToken position, boolean last, UnitOfWork<?> batch)
            throws InterruptedException {
        List<Sent> underWay = batch.root().getOrComputeResource(UNDER_WAY, name -> {
            batchBegan = System.nanoTime();
            return new ArrayList<>();
        });
        long index = position.position().orElseThrow();
        if (next != index) {
            // At its first turn, after a failure, or after another process's turn: what was known may be so no more.
            topic.askAgain();
        }
        acknowledged.since(topic.await());
        next = index + 1;
        underWay.add(send(event, position));
        if (last) {
            producer.flush();
            for (Sent sent : underWay) {
                await(sent.acknowledgement());
                sent.step().end();
            }
            relay.works();
            batchBegan = NOT_WAITING;
            done = index;
        }
    }

    /** The index up to which the broker has all events, as far as this process has sent them. */
    long done() {
        return done;
    }

    private Sent send(DomainEventMessage<?> event, TrackingToken position) {
        String cause = EventRecords.traceparent(event);
        Step step = traces.ofEvent(cause, event.getTimestamp(), "relay", Traces.Hop.OUT)
                .tag("global_index", position.position().orElse(0));
        String place = step.traceparent();
        return new Sent(producer.send(records.of(event, position, place.isEmpty() ? cause : place)), step);
    }

    private void await(Future<RecordMetadata> acknowledgement) throws InterruptedException {
        try {
            acknowledged.add(acknowledgement.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not take a record: " + e.getCause(), e.getCause());
        }
    }

    /** The whole of it is sent again, so nothing of it may come in between from the producer that failed. */
    private void giveUpBatch() {
        batchBegan = NOT_WAITING;
        next = -1;
        producer.abandon();
    }

    private void stopAt(TrackingToken position, RuntimeException failure) {
        giveUpBatch();
        if (failure instanceof CancellationException || producer.isClosed() || topic.problem() != null) {
            return; // whoever ended it has said why
        }
        long index = position.position().orElse(0);
        String problem = "stopped at or before event %d: %s".formatted(index, failure.getMessage());
        relay.failed(index, problem);
        log.error("The relay {}", problem, failure);
    }

    /**
     * What keeps the relay from going on, until it has gone on, here or on another process; null where nothing does.
     */
    @Nullable
    String problem() {
        return relay.problem();
    }

    /** How long the batch under way has been waiting for the broker; zero where there is none. */
    Duration waiting() {
        long began = batchBegan;
        return began == NOT_WAITING ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - began);
    }

    /** Before the processor is stopped, which waits for the batch, which may wait for a broker that is away. */
    @Override
    public void registerLifecycleHandlers(LifecycleRegistry lifecycle) {
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS + 1, this::giveUpSoon);
    }

    private void giveUpSoon() {
        relay.leave();
        CompletableFuture.delayedExecutor(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    topic.close();
                    producer.close();
                });
    }
}
