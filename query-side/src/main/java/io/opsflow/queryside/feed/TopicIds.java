package io.opsflow.queryside.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Which topic it is that has the name now: one that is made anew gets another id from Kafka, and has other offsets. */
final class TopicIds implements AutoCloseable {

    private static final Duration GOOD_FOR = Duration.ofSeconds(2);

    /** An answer of this age is asked for again, and nobody waits for it. */
    private static final Duration ASKED_AHEAD = Duration.ofSeconds(1);

    private final Supplier<Admin> admins;
    private final String topic;
    private final LongSupplier nanoTime;
    private @Nullable Admin admin;
    private @Nullable KafkaFuture<TopicDescription> question;
    private volatile @Nullable Told told;

    /** @param at when it was asked; or, where the broker did not answer after that, when it had failed to */
    private record Told(String id, long at) {}

    /** @param admins makes one when it is needed; throws KafkaException while no broker's name can be resolved */
    TopicIds(Supplier<Admin> admins, String topic) {
        this(admins, topic, System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime} */
    TopicIds(Supplier<Admin> admins, String topic, LongSupplier nanoTime) {
        this.admins = admins;
        this.topic = topic;
        this.nanoTime = nanoTime;
    }

    /**
     * As it was told two seconds ago at most; while the broker is away, as it was told last. Transactions of the feed
     * ask this: while they come one after the other and the broker answers within a second, none of them waits.
     *
     * @throws KafkaException where it was never told
     */
    String current() {
        Told last = told;
        if (last != null && !isOlder(last, ASKED_AHEAD)) {
            return last.id();
        }
        KafkaFuture<TopicDescription> asked = ask();
        return last != null && !isOlder(last, GOOD_FOR) ? last.id() : await(asked);
    }

    /** The same where it was told before; asks nobody. */
    Optional<String> known() {
        return Optional.ofNullable(told).map(Told::id);
    }

    /**
     * One question at a time, so that a late answer never takes the place of a later one. What the broker's thread does
     * with an answer needs no lock: those who wait for it may hold some.
     */
    private synchronized KafkaFuture<TopicDescription> ask() {
        KafkaFuture<TopicDescription> asked = question;
        if (asked == null || asked.isDone()) {
            if (admin == null) {
                admin = admins.get();
            }
            long at = nanoTime.getAsLong();
            asked = admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .get(topic)
                    .whenComplete((answer, failure) -> {
                        Told last = told;
                        if (failure == null) {
                            told = new Told(answer.topicId().toString(), at);
                        } else if (last != null) {
                            told = new Told(last.id(), nanoTime.getAsLong());
                        }
                    });
            question = asked;
        }
        return asked;
    }

    private String await(KafkaFuture<TopicDescription> asked) {
        try {
            return asked.get().topicId().toString();
        } catch (ExecutionException e) {
            return known().orElseThrow(() ->
                    e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause()));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private boolean isOlder(Told answer, Duration age) {
        return nanoTime.getAsLong() - answer.at() > age.toNanos();
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
