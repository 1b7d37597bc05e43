package io.opsflow.queryside.feed;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.consistency.Held;
import io.opsflow.queryside.generation.GenerationLock;
import io.opsflow.queryside.log.EventLog;
import io.opsflow.queryside.projection.Projections;
import io.opsflow.queryside.projection.Refused;
import io.opsflow.queryside.table.Pipeline;
import io.opsflow.web.trace.Traces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What the feed does to the read model, in transactions: rows, parked events and the next offset move together or not
 * at all. A failure of the database is thrown as it comes; the same call may be repeated then.
 */
final class FeedTransactions {

    private static final Logger log = LoggerFactory.getLogger(FeedTransactions.class);

    private final TransactionOperations transactions;
    private final JdbcOperations database;
    private final GenerationLock generation;
    private final Offsets offsets;
    private final ParkedEvents parkedEvents;
    private final Traces traces;

    /**
     * @param transactions on what {@code database} uses
     * @param database whose search path names the generation to write
     * @param generation held by every transaction
     * @param traces are told of what happens now; off for what happened once
     */
    FeedTransactions(
            TransactionOperations transactions,
            JdbcTemplate database,
            GenerationLock generation,
            TopicIds topicIds,
            Traces traces) {
        this.transactions = transactions;
        this.database = database;
        this.generation = generation;
        this.traces = traces;
        this.offsets = new Offsets(JdbcClient.create(database), topicIds);
        this.parkedEvents = new ParkedEvents(JdbcClient.create(database));
    }

    /**
     * Where to go on in a partition that was just assigned; what is parked of it is tried again.
     *
     * @return empty where the one who had it before is still at it, or hangs
     */
    Optional<Long> takeUp(TopicPartition partition) {
        Optional<Long> offset = inTransaction(transaction -> offsets.lock(transaction, partition));
        if (offset.isPresent()) {
            parkedEvents.aggregatesOf(partition).forEach(this::retry);
        }
        return offset;
    }

    /**
     * Tries what is parked of one aggregate again; what still cannot be applied stays parked.
     *
     * @return false where nothing is parked of it
     */
    boolean retry(String aggregateId) {
        try {
            return inTransaction(transaction -> {
                // Nobody goes on with the partition meanwhile.
                ParkedEvents.partitionsOf(transaction, aggregateId)
                        .forEach(partition -> offsets.hold(transaction, partition));
                List<FeedRecord> records = takeParked(transaction, List.of(aggregateId));
                Projections projections = new Projections(transaction);
                ParkedEvents.park(transaction, projections.apply(records, Set.of()));
                projections.save();
                return !records.isEmpty();
            });
        } catch (RuntimeException e) {
            String reason = BadData.reason(e);
            if (reason == null) {
                throw e;
            }
            log.warn("the parked events of {} stay parked: {}", aggregateId, reason);
            return true;
        }
    }

    /**
     * What a transaction has done.
     *
     * @param changed the rows that it changed, as they are now
     * @param parked how many events it has parked
     */
    record Applied(List<Held> changed, int parked) {

        private static Applied together(List<Applied> pieces) {
            return new Applied(
                    pieces.stream().flatMap(piece -> piece.changed.stream()).toList(),
                    pieces.stream().mapToInt(Applied::parked).sum());
        }
    }

    /**
     * Applies the slices in one transaction. Where the database refuses a value, each request is applied in one of its
     * own, and the one that is refused is parked.
     *
     * @throws FencedException where another consumer has gone on with one of the partitions; nothing is applied then, or
     *     where each request is applied by itself, nothing of this one and of those behind it
     * @throws AnotherTopicException where the topic tells another event than the read model holds; likewise
     */
    Applied apply(List<Slice> slices) {
        List<FeedRecord> records = records(slices);
        FeedSteps steps = FeedSteps.begin(traces, records);
        try {
            Applied applied = inTransaction(transaction -> {
                Projections projections = new Projections(transaction);
                Map<String, Long> alreadyParked = begin(transaction, projections, slices, records);
                List<Refused<FeedRecord>> refused = steps.project(() -> {
                    List<Refused<FeedRecord>> all = applyWithParked(transaction, projections, records, alreadyParked);
                    projections.save();
                    transaction.run();
                    return all;
                });
                return new Applied(projections.changed(), park(transaction, refused));
            });
            steps.end("applied");
            return applied;
        } catch (RuntimeException e) {
            steps.end("failed");
            String reason = BadData.reason(e);
            if (reason == null) {
                throw e;
            }
            List<Slice> pieces =
                    slices.stream().flatMap(slice -> slice.pieces().stream()).toList();
            return pieces.size() > 1
                    ? Applied.together(
                            pieces.stream().map(piece -> apply(List.of(piece))).toList())
                    : new Applied(List.of(), parkAll(pieces.getFirst(), reason));
        }
    }

    /** Where the slices that are applied together come from. */
    interface Source {

        /**
         * What comes next of each partition.
         *
         * @param held what all that came before has made
         * @return empty at the end
         */
        List<Slice> next(Projections held);
    }

    /**
     * Applies all slices that a source has, in one transaction: a row that several of them change is read and written
     * once, and nothing but such rows is kept until the end. Not traced.
     *
     * @throws FencedException as {@link #apply}; so are the others
     * @throws RuntimeException also where the database takes a row for bad data; nothing is applied then, and
     *     {@link #apply} tells the good from the bad
     */
    void applyTogether(Source source) {
        inTransaction(transaction -> {
            Projections projections = new Projections(transaction);
            for (List<Slice> slices = source.next(projections); !slices.isEmpty(); slices = source.next(projections)) {
                List<FeedRecord> records = records(slices);
                Map<String, Long> alreadyParked = begin(transaction, projections, slices, records);
                park(transaction, applyWithParked(transaction, projections, records, alreadyParked));
            }
            projections.save();
            return true;
        });
    }

    private static List<FeedRecord> records(List<Slice> slices) {
        return slices.stream().flatMap(slice -> slice.records().stream()).toList();
    }

    /**
     * Moves on behind these records, logs them, and reads what is to be known to apply them: all in two ways to the
     * database and back.
     *
     * @return the first event that is parked of each of their aggregates
     */
    private Map<String, Long> begin(
            Pipeline transaction, Projections projections, List<Slice> slices, List<FeedRecord> records) {
        // First of all, so that of two consumers one waits and gives way before it has touched a row.
        offsets.advance(transaction, slices);
        List<EventRecord> readable = readable(records);
        Supplier<Integer> added = EventLog.add(transaction, readable);
        Supplier<Map<String, Long>> parked = ParkedEvents.firstSequences(transaction, records);
        projections.lookUp(records);
        requireSame(transaction, readable, added.get());
        return parked.get();
    }

    /**
     * What is parked of an aggregate goes along with an event that stands before it: that may be what was missing.
     *
     * @param parked the first event that is parked of each aggregate
     */
    private static List<Refused<FeedRecord>> applyWithParked(
            Pipeline transaction, Projections projections, List<FeedRecord> records, Map<String, Long> parked) {
        Set<String> mayGoOn = records.stream()
                .map(FeedRecord::event)
                .filter(event ->
                        event != null && event.sequence() < parked.getOrDefault(event.aggregateId(), Long.MIN_VALUE))
                .map(EventRecord::aggregateId)
                .collect(Collectors.toSet());
        if (mayGoOn.isEmpty()) {
            return projections.apply(records, parked.keySet());
        }
        List<FeedRecord> all = new ArrayList<>(takeParked(transaction, mayGoOn));
        all.addAll(records);
        parked.keySet().removeAll(mayGoOn);
        return projections.apply(all, parked.keySet());
    }

    /** What could not be read when it was parked is not in the log yet. */
    private static List<FeedRecord> takeParked(Pipeline transaction, Collection<String> aggregateIds) {
        List<FeedRecord> records = ParkedEvents.take(transaction, aggregateIds);
        addToLog(transaction, records);
        return records;
    }

    /** The versions that the read model holds of the aggregates of these records. */
    Map<String, Long> versions(List<FeedRecord> records) {
        return inTransaction(transaction -> new Projections(transaction).versions(records));
    }

    ParkedEvents.Summary parked() {
        return parkedEvents.summary();
    }

    private int parkAll(Slice request, String reason) {
        return inTransaction(transaction -> {
            offsets.advance(transaction, List.of(request));
            addToLog(transaction, request.records());
            return park(
                    transaction,
                    request.records().stream()
                            .map(record -> new Refused<>(record, reason))
                            .toList());
        });
    }

    private static int park(Pipeline transaction, List<Refused<FeedRecord>> refused) {
        ParkedEvents.park(transaction, refused);
        Set<String> told = new HashSet<>();
        for (Refused<FeedRecord> event : refused) {
            FeedRecord record = event.delivery();
            if (told.add(record.aggregateId())) {
                log.atError()
                        .addKeyValue("traceparent", FeedSteps.traceparent(record))
                        .log(
                                "parked the events of {} from offset {} of {} on: {}",
                                record.aggregateId(),
                                record.offset(),
                                record.partition(),
                                event.reason());
            }
        }
        return refused.size();
    }

    private static void addToLog(Pipeline transaction, List<FeedRecord> records) {
        List<EventRecord> readable = readable(records);
        requireSame(transaction, readable, EventLog.add(transaction, readable).get());
    }

    private static List<EventRecord> readable(List<FeedRecord> records) {
        return records.stream().map(FeedRecord::event).filter(Objects::nonNull).toList();
    }

    /** What was in the log already was sent twice, or comes from a topic that was made anew: it must be the same. */
    private static void requireSame(Pipeline transaction, List<EventRecord> events, int added) {
        if (added < events.size()) {
            EventLog.firstThatDiffers(transaction, events).get().ifPresent(index -> {
                throw new AnotherTopicException(
                        "the topic tells another event %d than the read model holds; nothing is applied until the read model is rebuilt"
                                .formatted(index));
            });
        }
    }

    private <T> T inTransaction(Function<Pipeline, T> work) {
        return Objects.requireNonNull(transactions.execute(status -> {
            Pipeline transaction = new Pipeline(database);
            generation.hold(transaction);
            T result = work.apply(transaction);
            transaction.run();
            return result;
        }));
    }
}
