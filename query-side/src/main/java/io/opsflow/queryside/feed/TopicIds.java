package io.opsflow.queryside.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Which topic it is that has the name now: one that is made anew gets another id from Kafka, and has other offsets. */
final class TopicIds implements AutoCloseable {

    private static final Duration GOOD_FOR = Duration.ofSeconds(2);

    private final Supplier<Admin> admins;
    private final String topic;
    private @Nullable Admin admin;
    private @Nullable String known;
    private long askedAt;

    /** @param admins makes one when it is needed; throws KafkaException while no broker's name can be resolved */
    TopicIds(Supplier<Admin> admins, String topic) {
        this.admins = admins;
        this.topic = topic;
    }

    /**
     * As it was told two seconds ago at most; while the broker is away, as it was told last.
     *
     * @throws KafkaException where it was never told
     */
    synchronized String current() {
        if (known == null || System.nanoTime() - askedAt > GOOD_FOR.toNanos()) {
            try {
                known = ask();
            } catch (KafkaException e) {
                if (known == null || e instanceof InterruptException) {
                    throw e;
                }
            }
            askedAt = System.nanoTime();
        }
        return known;
    }

    /** The same where it was told before; asks nobody. */
    synchronized Optional<String> known() {
        return Optional.ofNullable(known);
    }

    private String ask() {
        if (admin == null) {
            admin = admins.get();
        }
        try {
            return admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .get()
                    .topicId()
                    .toString();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
