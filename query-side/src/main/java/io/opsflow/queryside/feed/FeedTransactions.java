package io.opsflow.queryside.feed;

import io.opsflow.queryside.projection.Projections;
import io.opsflow.queryside.projection.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the feed does to the read model, each in one transaction: rows, parked events and the next offset move together
 * or not at all. A failure of the database is thrown as it comes; the same call may be repeated then.
 */
final class FeedTransactions {

    private static final Logger log = LoggerFactory.getLogger(FeedTransactions.class);

    /** Aggregates whose parked events are tried again in one transaction. */
    private static final int RETRIED_TOGETHER = 500;

    private final TransactionTemplate transactions;
    private final Offsets offsets;
    private final ParkedEvents parkedEvents;
    private final Projections projections;

    FeedTransactions(
            TransactionTemplate transactions, Offsets offsets, ParkedEvents parkedEvents, Projections projections) {
        this.transactions = transactions;
        this.offsets = offsets;
        this.parkedEvents = parkedEvents;
        this.projections = projections;
    }

    /** Where to go on in a partition that was just assigned; what is parked of it is tried again first. */
    long takeUp(TopicPartition partition) {
        List<String> parked = parkedEvents.aggregatesOf(partition);
        for (int i = 0; i < parked.size(); i += RETRIED_TOGETHER) {
            retry(partition, parked.subList(i, Math.min(parked.size(), i + RETRIED_TOGETHER)));
        }
        return inTransaction(() -> offsets.lock(partition));
    }

    private void retry(TopicPartition partition, List<String> aggregateIds) {
        try {
            inTransaction(() -> {
                offsets.lock(partition);
                List<FeedRecord> records = parkedEvents.take(partition, aggregateIds);
                parkedEvents.park(projections.apply(records, Set.of()));
                return records.size();
            });
        } catch (RuntimeException e) {
            String reason = BadData.reason(e);
            if (reason == null) {
                throw e;
            }
            log.warn("{} parked aggregates of {} stay parked: {}", aggregateIds.size(), partition, reason);
        }
    }

    /**
     * Applies the slices.
     *
     * @return the events that were parked
     * @throws FencedException where another consumer has gone on with one of the partitions; nothing is applied then
     */
    int apply(List<Slice> slices) {
        try {
            return inTransaction(() -> {
                advance(slices);
                List<FeedRecord> records = slices.stream()
                        .flatMap(slice -> slice.records().stream())
                        .toList();
                return park(projections.apply(records, parkedEvents.aggregatesAmong(records)));
            });
        } catch (RuntimeException e) {
            String reason = BadData.reason(e);
            if (reason == null) {
                throw e;
            }
            List<Slice> pieces =
                    slices.stream().flatMap(slice -> slice.pieces().stream()).toList();
            return pieces.size() > 1
                    ? pieces.stream().mapToInt(piece -> apply(List.of(piece))).sum()
                    : parkAll(pieces.getFirst(), reason);
        }
    }

    /** The versions that the read model holds of the aggregates of these records. */
    Map<String, Long> versions(List<FeedRecord> records) {
        return inTransaction(() -> projections.versions(records));
    }

    long parked() {
        return parkedEvents.count();
    }

    private int parkAll(Slice request, String reason) {
        return inTransaction(() -> {
            advance(List.of(request));
            return park(request.records().stream()
                    .map(record -> new Refused<>(record, reason))
                    .toList());
        });
    }

    // First of all, so that of two consumers one waits and gives way before it has touched a row.
    private void advance(List<Slice> slices) {
        slices.forEach(slice -> offsets.advance(slice.partition(), slice.from(), slice.to()));
    }

    private int park(List<Refused<FeedRecord>> refused) {
        parkedEvents.park(refused);
        Set<String> told = new HashSet<>();
        for (Refused<FeedRecord> event : refused) {
            FeedRecord record = event.delivery();
            if (told.add(record.aggregateId())) {
                log.error(
                        "parked the events of {} from offset {} of {} on: {}",
                        record.aggregateId(),
                        record.offset(),
                        record.partition(),
                        event.reason());
            }
        }
        return refused.size();
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> work.get()));
    }
}
