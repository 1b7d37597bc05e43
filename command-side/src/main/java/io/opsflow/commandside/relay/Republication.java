package io.opsflow.commandside.relay;

import io.cloudevents.CloudEvent;
import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.eventstore.tail.ClaimedPosition;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;

/**
 * The relay in the foreground, from a position to the store's head: the same records by the same producer, one batch on
 * its way while the next is read. The position moves on after each batch that the broker has acknowledged. While the
 * broker is away it waits and keeps its claim on the position.
 */
public final class Republication implements AutoCloseable {

    private static final int BATCH_RECORDS = 2_000;

    /** Two batches fit into the producer's buffer, so that sending never blocks; waiting does. */
    private static final int BATCH_BYTES = 8 * 1024 * 1024;

    private static final long EXTEND_CLAIM_SECONDS = 2;

    /** What was sent together, up to an index. */
    private static final class Batch {
        private final List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        private long bytes;
        private long last;

        boolean isFull() {
            return acknowledgements.size() >= BATCH_RECORDS || bytes >= BATCH_BYTES;
        }
    }

    private final RelayProducer producer;
    private final EventRecords records;
    private final ClaimedPosition position;
    private final LongConsumer progress;
    private Batch filling = new Batch();
    private @Nullable Batch underWay;

    private Republication(RelaySettings settings, ClaimedPosition position, LongConsumer progress) {
        this.producer = new RelayProducer(settings.brokers());
        this.records = new EventRecords(settings.topic(), StoreSnapshot.serializer());
        this.position = position;
        this.progress = progress;
    }

    /**
     * Publishes everything after the position.
     *
     * @param progress is told the last event that was acknowledged, and told again while the broker is waited for
     * @throws KafkaException for a record that the broker refuses; what was acknowledged stays, and so does the position
     * @throws UnableToClaimTokenException where another relay has taken the position over meanwhile
     */
    public static void run(RelaySettings settings, StoreSnapshot store, ClaimedPosition position, LongConsumer progress)
            throws SQLException {
        try (Republication republication = new Republication(settings, position, progress)) {
            store.events(position.index(), republication::send);
            republication.settle(); // waits for the last full batch, and sends off what is left
            republication.settle(); // waits for that
        }
    }

    private void send(GenericTrackedDomainEventMessage<?> event) {
        ProducerRecord<String, CloudEvent> record =
                records.of(event, event.trackingToken(), EventRecords.traceparent(event));
        filling.acknowledgements.add(producer.send(record));
        filling.bytes += Objects.requireNonNull(record.value().getData()).toBytes().length;
        filling.last = event.trackingToken().position().orElseThrow();
        if (filling.isFull()) {
            settle();
        }
    }

    /** Waits for the batch under way, stores the position behind it, and leaves the one that was filled under way. */
    private void settle() {
        if (underWay != null && !underWay.acknowledgements.isEmpty()) {
            for (Future<RecordMetadata> acknowledgement : underWay.acknowledgements) {
                await(acknowledgement);
            }
            position.store(underWay.last);
            progress.accept(underWay.last);
        }
        underWay = filling;
        filling = new Batch();
    }

    private void await(Future<RecordMetadata> acknowledgement) {
        while (true) {
            try {
                acknowledgement.get(EXTEND_CLAIM_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException e) {
                position.extend();
                progress.accept(position.index());
            } catch (ExecutionException e) {
                throw new KafkaException(String.valueOf(e.getCause().getMessage()), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
