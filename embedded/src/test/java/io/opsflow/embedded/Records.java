package io.opsflow.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** Writes to a broker and reads from it, as any client would. */
final class Records {

    private static final String TOPIC = "events";

    private Records() {}

    static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(new HashMap<>(broker.clientSettings()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 12, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    /** Returns once the record is acknowledged. */
    static void send(EmbeddedBroker broker, String value) throws Exception {
        send(broker, value, 30_000);
    }

    /** As {@link #send}, to a broker that does not have the topic, or does not answer. */
    static void sendInVain(EmbeddedBroker broker, String value) throws Exception {
        send(broker, value, 3_000);
    }

    private static void send(EmbeddedBroker broker, String value, int maxBlockMillis) throws Exception {
        Map<String, Object> settings = new HashMap<>(broker.clientSettings());
        settings.putAll(Map.of("acks", "all", "max.block.ms", maxBlockMillis));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "key", value)).get(60, TimeUnit.SECONDS);
        }
    }

    static List<String> read(EmbeddedBroker broker, int count) {
        Map<String, Object> settings = new HashMap<>(broker.clientSettings());
        settings.putAll(Map.of("group.id", "readers", "auto.offset.reset", "earliest"));
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(TOPIC));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()));
                return values.size() >= count;
            });
        }
        return values;
    }
}
