package io.opsflow.queryside.feed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.opsflow.web.meter.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** How the feed fares: metrics, and a part of health that never takes a process out of service. */
final class FeedStatus implements HealthIndicator {

    /** Something needs a look, and requests are answered all the same. */
    private static final Status DEGRADED = new Status("DEGRADED");

    private static final String BROKER_SILENT = "the broker does not answer";

    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private final AtomicReference<ParkedEvents.Summary> parked =
            new AtomicReference<>(new ParkedEvents.Summary(0, null));
    private final MultiGauge lagByPartition;
    private final Counter applied;
    private final Timer transactions;
    private final Timer delay;
    private volatile Map<Integer, Long> ends = Map.of();
    private volatile boolean brokerSilent;
    private volatile @Nullable Failure last;

    private record Failure(String reason, Instant at) {}

    FeedStatus(MeterRegistry meters) {
        lagByPartition = MultiGauge.builder("opsflow.feed.lag")
                .description("records of the topic that the read model does not hold yet")
                .register(meters);
        Gauge.builder("opsflow.feed.parked", parked, now -> now.get().events())
                .description("events that could not be applied and wait in the table parked_event")
                .strongReference(true)
                .register(meters);
        Gauge.builder("opsflow.feed.failing", this, status -> status.problem().isPresent() ? 1 : 0)
                .description(
                        "whether a consumer of the feed stands still and tries again, or the broker does not answer")
                .register(meters);
        Gauge.builder("opsflow.feed.parked.age", parked, now -> age(now.get()))
                .description("how long the oldest of them has been waiting")
                .baseUnit("seconds")
                .strongReference(true)
                .register(meters);
        Gauge.builder("opsflow.feed.stuck", this, status -> status.stuck().size())
                .description("partitions that stand still until somebody puts the topic or their offset right")
                .register(meters);
        applied = Counter.builder("opsflow.feed.records")
                .description("records of the topic that were taken in")
                .register(meters);
        transactions = Durations.timer("opsflow.feed.transaction", "transactions that take in records")
                .register(meters);
        delay = Durations.timer("opsflow.feed.delay", "from when an event happened until it can be read")
                .register(meters);
    }

    /** For one more consumer of this process. */
    Share share() {
        Share share = new Share();
        shares.add(share);
        return share;
    }

    /** Where the topic's partitions end, as the broker has just said; none while there is no topic. */
    void topicEnds(Map<Integer, Long> offsets) {
        ends = Map.copyOf(offsets);
        brokerSilent = false;
    }

    /** It has not said so for some time. */
    void brokerIsSilent() {
        brokerSilent = true;
        last = new Failure(BROKER_SILENT, Instant.now());
    }

    /** What one consumer has of the feed: its partitions, and its own troubles. Told by one thread. */
    final class Share {

        private final Set<Integer> followed = new ConcurrentSkipListSet<>();
        private final Map<Integer, Long> next = new ConcurrentSkipListMap<>();
        private final Map<Integer, String> stuck = new ConcurrentSkipListMap<>();
        private volatile @Nullable String problem;

        private Share() {}

        /** These were taken in, in one transaction. */
        void applied(List<Slice> slices, long nanos) {
            Instant now = Instant.now();
            transactions.record(nanos, TimeUnit.NANOSECONDS);
            for (Slice slice : slices) {
                isAt(slice.partition(), slice.to());
                applied.increment(slice.records().size());
                for (FeedRecord record : slice.records()) {
                    if (record.event() != null) {
                        delay.record(Duration.between(record.event().occurredAt(), now));
                    }
                }
            }
        }

        /** It follows these partitions, and no others. */
        void follows(Set<TopicPartition> partitions) {
            Set<Integer> numbers = new TreeSet<>();
            partitions.forEach(partition -> numbers.add(partition.partition()));
            followed.addAll(numbers);
            followed.retainAll(numbers);
            next.keySet().retainAll(numbers);
            stuck.keySet().retainAll(numbers);
            tellPartitions();
        }

        /** @param nextOffset of the first record that the read model does not hold */
        void isAt(TopicPartition partition, long nextOffset) {
            next.put(partition.partition(), nextOffset);
        }

        /** What is parked in the read model, whoever has parked it. */
        void parked(ParkedEvents.Summary now) {
            parked.set(now);
        }

        /** It stands still, and tries again. */
        void failed(String reason) {
            problem = reason;
            last = new Failure(reason, Instant.now());
        }

        void works() {
            problem = null;
        }

        /** One partition stands still until somebody does something. */
        void stuck(TopicPartition partition, String reason) {
            stuck.put(partition.partition(), reason);
            last = new Failure(reason, Instant.now());
        }

        void goesOn(TopicPartition partition) {
            stuck.remove(partition.partition());
        }
    }

    // One at a time: of two that tell a partition's change of hands, the last one sees it done.
    private synchronized void tellPartitions() {
        lagByPartition.register(
                lag().keySet().stream()
                        .map(number ->
                                Row.of(Tags.of("partition", number.toString()), () -> lag().getOrDefault(number, 0L)))
                        .toList(),
                true);
    }

    /** Of the partitions that this process follows; 0 where it is not known yet. */
    private Map<Integer, Long> lag() {
        Map<Integer, Long> now = ends;
        Map<Integer, Long> lag = new TreeMap<>();
        for (Share share : shares) {
            share.followed.forEach(number -> {
                Long next = share.next.get(number);
                lag.put(number, next == null ? 0 : Math.max(0, now.getOrDefault(number, next) - next));
            });
        }
        return lag;
    }

    private Map<Integer, String> stuck() {
        return all(share -> share.stuck);
    }

    private <T> Map<Integer, T> all(Function<Share, Map<Integer, T>> part) {
        Map<Integer, T> all = new TreeMap<>();
        shares.forEach(share -> all.putAll(part.apply(share)));
        return all;
    }

    private Optional<String> problem() {
        return shares.stream()
                .flatMap(share -> Stream.ofNullable(share.problem))
                .findFirst()
                .or(() -> brokerSilent ? Optional.of(BROKER_SILENT) : Optional.empty());
    }

    private static double age(ParkedEvents.Summary parked) {
        Instant oldest = parked.oldest();
        return oldest == null ? 0 : Duration.between(oldest, Instant.now()).toMillis() / 1000.0;
    }

    @Override
    public Health health() {
        Optional<String> problem = problem();
        Map<Integer, String> stuck = stuck();
        boolean well = problem.isEmpty() && stuck.isEmpty() && parked.get().events() == 0;
        Health.Builder health = Health.status(well ? Status.UP : DEGRADED)
                .withDetail("lag", lag())
                .withDetail("parked", parked.get().events());
        problem.ifPresent(reason -> health.withDetail("problem", reason));
        if (!stuck.isEmpty()) {
            health.withDetail("stuck", stuck);
        }
        Failure failure = last;
        if (failure != null) {
            health.withDetail("lastError", failure.reason())
                    .withDetail("lastErrorAt", failure.at().toString());
        }
        return health.build();
    }
}
