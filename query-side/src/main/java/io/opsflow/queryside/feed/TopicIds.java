package io.opsflow.queryside.feed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable Admin admin;
    private volatile @Nullable Told told;

    /** @param at when it was asked */
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
        if (last == null || isOlder(last, GOOD_FOR)) {
            return askAndWait();
        }
        Admin reachable = admin;
        if (reachable != null && isOlder(last, ASKED_AHEAD) && asking.compareAndSet(false, true)) {
            long at = nanoTime.getAsLong();
            ask(reachable).whenComplete((answer, failure) -> {
                if (failure == null) { // else it is asked once more by who needs it, and told why not
                    learn(new Told(answer.topicId().toString(), at));
                }
                asking.set(false);
            });
        }
        return last.id();
    }

    /** The same where it was told before; asks nobody. */
    Optional<String> known() {
        return Optional.ofNullable(told).map(Told::id);
    }

    private synchronized String askAndWait() {
        Told last = told;
        if (last != null && !isOlder(last, GOOD_FOR)) {
            return last.id(); // another thread has waited
        }
        long at = nanoTime.getAsLong();
        String id;
        try {
            id = answer();
        } catch (KafkaException e) {
            if (last == null || e instanceof InterruptException) {
                throw e;
            }
            id = last.id();
            at = nanoTime.getAsLong(); // who waited for nothing need not do so again at once
        }
        learn(new Told(id, at));
        return id;
    }

    private boolean isOlder(Told answer, Duration age) {
        return nanoTime.getAsLong() - answer.at() > age.toNanos();
    }

    /** Of two answers the one that was asked for later counts. */
    private synchronized void learn(Told answer) {
        Told last = told;
        if (last == null || answer.at() - last.at() > 0) {
            told = answer;
        }
    }

    private String answer() {
        Admin reachable = admin;
        if (reachable == null) {
            reachable = admins.get();
            admin = reachable;
        }
        try {
            return ask(reachable).get().topicId().toString();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private KafkaFuture<TopicDescription> ask(Admin reachable) {
        return reachable.describeTopics(List.of(topic)).topicNameValues().get(topic);
    }

    @Override
    public synchronized void close() {
        Admin made = admin;
        if (made != null) {
            made.close(Duration.ZERO);
        }
    }
}
