package io.opsflow.commandside.relay;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventSerializer;
import io.opsflow.web.broker.BrokerAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records so that none is lost, doubled or overtaken by a later one of its partition while this process lives.
 * A broker that is away is waited for, however long it takes.
 */
final class RelayProducer implements AutoCloseable {

    private final BrokerAccess brokers;
    private @Nullable Producer<String, CloudEvent> producer;
    private volatile @Nullable Producer<String, CloudEvent> failed;
    private boolean closed;

    RelayProducer(BrokerAccess brokers) {
        this.brokers = brokers;
    }

    /**
     * Blocks while nothing is known of the topic, or while too much is under way. Behind a record that was not taken
     * nothing is sent until {@link #abandon}, as it would overtake it. Leaves with {@link #flush}, or a little later by
     * itself.
     *
     * @throws InterruptException where the thread is interrupted while it is blocked
     */
    Future<RecordMetadata> send(ProducerRecord<String, CloudEvent> event) {
        Producer<String, CloudEvent> current = open();
        if (current == failed) {
            return CompletableFuture.failedFuture(new IllegalStateException("a record before this one was not taken"));
        }
        Thread caller = Thread.currentThread();
        return current.send(event, (taken, failure) -> {
            if (failure != null) {
                failed = current;
                if (Thread.currentThread() != caller) {
                    // On the thread that sends: of what waits there nothing goes out any more.
                    current.close(Duration.ZERO);
                }
            }
        });
    }

    /**
     * Has all that was sent leave now, in as few requests as it takes, and waits until the broker has answered.
     *
     * @throws InterruptException likewise
     */
    void flush() {
        open().flush();
    }

    private synchronized Producer<String, CloudEvent> open() {
        if (closed) {
            throw new IllegalStateException("the relay has been stopped");
        }
        if (producer == null) {
            producer = new KafkaProducer<>(settings(), new StringSerializer(), new CloudEventSerializer());
        }
        return producer;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** After a failure: what is under way is given up, and the next send begins anew. */
    synchronized void abandon() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
            failed = null;
        }
    }

    /** Gives up what is under way; whoever waits for it gets an exception. */
    @Override
    public synchronized void close() {
        closed = true;
        abandon();
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "opsflow-relay");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // For ever, as far as Kafka can count: some 24 days.
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (long) Integer.MAX_VALUE);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        // A broker that is back is noticed within a second.
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000L);
        settings.put(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 1_000L);
        // With more, a first batch that a new partition does not take yet is overtaken by the second, which the broker
        // accepts from a producer it does not know; the first is out of order ever after, and the relay stands.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // Until a flush, so that what comes together is one request: each is one more for the broker, and wakes every
        // consumer, which has a transaction for what it brings.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20L);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.LARGEST_RECORD);
        return brokers.client(settings);
    }
}
