package io.opsflow.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The consumer that docs/consumers.md shows, from the marked line to the other. */
final class ExampleConsumer {

    private ExampleConsumer() {}

    static void run(Map<String, String> brokers, BiConsumer<String, String> handler) {
        // the example begins here
        Map<String, Long> seen = new HashMap<>(); // keep it where you keep what you make of the events
        Map<String, Object> settings = new HashMap<>(brokers); // bootstrap.servers, and what they ask of a client
        settings.put("group.id", "my-consumer");
        settings.put("auto.offset.reset", "earliest"); // a group that is new starts at the beginning
        settings.put("enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("opsflow.events"));
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofMillis(200))) {
                    long sequence = Long.parseLong(header(event, "ce_sequence"));
                    if (sequence > seen.getOrDefault(event.key(), -1L)) { // else it was sent twice
                        handler.accept(header(event, "ce_type"), event.value());
                        seen.put(event.key(), sequence);
                    }
                }
                consumer.commitSync();
            }
        }
        // the example ends here
    }

    // the other example begins here
    static String topicId(Admin admin) throws Exception {
        return admin.describeTopics(List.of("opsflow.events"))
                .allTopicNames()
                .get()
                .get("opsflow.events")
                .topicId()
                .toString();
    }
    // the other example ends here

    private static String header(ConsumerRecord<String, String> event, String name) {
        return new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
