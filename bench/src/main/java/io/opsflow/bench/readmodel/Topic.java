package io.opsflow.bench.readmodel;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventSerializer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The topic of a new broker, filled as the relay would have filled it, but faster. */
final class Topic {

    private static final String NAME = "opsflow.events";
    private static final int PARTITIONS = 12;

    private Topic() {}

    /** Returns when the broker has all of it. */
    static void fill(String bootstrap, History history)
            throws ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(NAME, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (Producer<String, CloudEvent> producer =
                new KafkaProducer<>(settings(bootstrap), new StringSerializer(), new CloudEventSerializer())) {
            history.tell(event -> producer.send(
                    new ProducerRecord<>(NAME, event.aggregateId(), event.toCloudEvent()), (metadata, refused) -> {
                        if (refused != null) {
                            failure.compareAndSet(null, refused);
                        }
                    }));
            producer.flush();
        }
        Exception refused = failure.get();
        if (refused != null) {
            throw new IllegalStateException("the broker did not take an event", refused);
        }
    }

    private static Map<String, Object> settings(String bootstrap) {
        return Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                // As the relay's producer: with more, a topic just made may take the second batch before the first.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1);
    }
}
