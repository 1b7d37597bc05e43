package io.opsflow.queryside.feed;

import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.consistency.Held;
import io.opsflow.queryside.generation.GenerationLock;
import io.opsflow.queryside.log.EventLog;
import io.opsflow.queryside.projection.Projections;
import io.opsflow.queryside.projection.Refused;
import io.opsflow.queryside.table.Pipeline;
import io.opsflow.web.trace.Traces;
import java.util.HashSet;
import java.util.LinkedHashSet;
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

    /** So many parked events are tried in one transaction: others wait for no more than these. */
    private static final int PORTION = 1_000;

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
     * Where to go on in a partition that was just assigned.
     *
     * @return empty where the one who had it before is still at it, or hangs
     */
    Optional<Long> takeUp(TopicPartition partition) {
        return inTransaction(transaction -> offsets.lock(transaction, partition));
    }

    /** Aggregates of which something is parked that this version may know better, or that may fit by now. */
    List<String> mayGoOn(TopicPartition partition) {
        return parkedEvents.thatMayGoOn(partition);
    }

    /** Whether anything is parked under this id or key. */
    boolean isParked(String aggregateId) {
        return parkedEvents.isAny(aggregateId);
    }

    /**
     * Reads again what could not be read when it was parked under this id or key; what can be read now is known by its
     * sequence, and in the log.
     *
     * @return the aggregates of which that is
     */
    Set<String> readAgain(String key) {
        Set<String> aggregateIds = new LinkedHashSet<>();
        try {
            readAgain(key, aggregateIds);
        } catch (RuntimeException e) {
            String reason = BadData.reason(e);
            if (reason == null) {
                throw e;
            }
            log.warn("what could not be read of {} stays parked: {}", key, reason);
        }
        return aggregateIds;
    }

    private void readAgain(String key, Set<String> aggregateIds) {
        List<FeedRecord> portion = List.of();
        do {
            FeedRecord last = portion.isEmpty() ? null : portion.getLast();
            portion = inTransaction(transaction -> {
                List<FeedRecord> unread = ParkedEvents.unread(transaction, key, last, PORTION);
                List<FeedRecord> read =
                        unread.stream().filter(record -> record.event() != null).toList();
                addToLog(transaction, read);
                ParkedEvents.park(
                        transaction,
                        read.stream()
                                .map(record -> new Refused<>(record, "it could not be read before"))
                                .toList());
                read.forEach(record -> aggregateIds.add(record.aggregateId()));
                return unread;
            });
        } while (portion.size() == PORTION);
    }

    /**
     * What a portion of parked events has become.
     *
     * @param changed the rows that it changed, as they are now
     * @param hasMore whether what is behind it may fit, too
     */
    record Resumed(List<Held> changed, boolean hasMore) {}

    /** Tries the first events that are parked of one aggregate again; what still cannot be applied stays parked. */
    Resumed resume(String aggregateId) {
        return resume(aggregateId, PORTION);
    }

    private Resumed resume(String aggregateId, int atMost) {
        try {
            return inTransaction(transaction -> {
                List<FeedRecord> records = firstParked(transaction, aggregateId, atMost);
                // Nobody goes on with their partitions meanwhile; whatever somebody has changed before is read below.
                records.stream()
                        .map(FeedRecord::partition)
                        .distinct()
                        .forEach(partition -> offsets.hold(transaction, partition));
                Projections projections = new Projections(transaction);
                List<Refused<FeedRecord>> refused = projections.apply(records, Set.of());
                Set<FeedRecord> stay = refused.stream().map(Refused::delivery).collect(Collectors.toSet());
                ParkedEvents.remove(
                        transaction,
                        records.stream()
                                .filter(record -> !stay.contains(record))
                                .toList());
                ParkedEvents.park(transaction, refused);
                projections.save();
                return new Resumed(projections.changed(), refused.isEmpty() && !records.isEmpty());
            });
        } catch (RuntimeException e) {
            String reason = BadData.reason(e);
            if (reason == null) {
                throw e;
            }
            if (atMost > 1) {
                return resume(aggregateId, atMost / 10); // what stands before the bad one is applied
            }
            log.warn("the parked events of {} stay parked: {}", aggregateId, reason);
            return new Resumed(List.of(), false);
        }
    }

    /** Whole requests: but for the last of all, which may have no end. */
    private static List<FeedRecord> firstParked(Pipeline transaction, String aggregateId, int atMost) {
        List<FeedRecord> first = ParkedEvents.first(transaction, aggregateId, atMost);
        if (first.size() < atMost) {
            return first;
        }
        int end = first.size();
        while (end > 0 && !isEndOfRequest(first.get(end - 1))) {
            end--;
        }
        return end == 0 ? firstParked(transaction, aggregateId, 2 * atMost) : first.subList(0, end);
    }

    private static boolean isEndOfRequest(FeedRecord record) {
        return record.event() == null || record.event().requestLast();
    }

    /**
     * What a transaction has done.
     *
     * @param changed the rows that it changed, as they are now
     * @param parked how many events it has parked
     * @param mayGoOn aggregates of which something is parked that stands behind what came now: it may fit
     */
    record Applied(List<Held> changed, int parked, Set<String> mayGoOn) {

        private static Applied together(List<Applied> pieces) {
            return new Applied(
                    pieces.stream().flatMap(piece -> piece.changed.stream()).toList(),
                    pieces.stream().mapToInt(Applied::parked).sum(),
                    pieces.stream().flatMap(piece -> piece.mayGoOn.stream()).collect(Collectors.toSet()));
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
                Set<String> mayGoOn = takeMayGoOn(alreadyParked, records);
                List<Refused<FeedRecord>> refused = steps.project(() -> {
                    List<Refused<FeedRecord>> all = projections.apply(records, alreadyParked.keySet());
                    projections.save();
                    transaction.run();
                    return all;
                });
                return new Applied(projections.changed(), park(transaction, refused), mayGoOn);
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
                    : new Applied(List.of(), parkAll(pieces.getFirst(), reason), Set.of());
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
     * @return aggregates of which something is parked that may fit now
     * @throws FencedException as {@link #apply}; so are the others
     * @throws RuntimeException also where the database takes a row for bad data; nothing is applied then, and
     *     {@link #apply} tells the good from the bad
     */
    Set<String> applyTogether(Source source) {
        return inTransaction(transaction -> {
            Set<String> mayGoOn = new HashSet<>();
            Projections projections = new Projections(transaction);
            for (List<Slice> slices = source.next(projections); !slices.isEmpty(); slices = source.next(projections)) {
                List<FeedRecord> records = records(slices);
                Map<String, Long> alreadyParked = begin(transaction, projections, slices, records);
                mayGoOn.addAll(takeMayGoOn(alreadyParked, records));
                park(transaction, projections.apply(records, alreadyParked.keySet()));
            }
            projections.save();
            return mayGoOn;
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
     * Removes from those with parked events whom an event comes for that stands before them: it is applied, and may be
     * what was missing. What stands behind the parked ones does not fit before they have been applied, in portions and
     * in transactions of their own.
     *
     * @param parked the first event that is parked of each aggregate
     */
    private static Set<String> takeMayGoOn(Map<String, Long> parked, List<FeedRecord> records) {
        Set<String> mayGoOn = records.stream()
                .map(FeedRecord::event)
                .filter(event ->
                        event != null && event.sequence() < parked.getOrDefault(event.aggregateId(), Long.MIN_VALUE))
                .map(EventRecord::aggregateId)
                .collect(Collectors.toSet());
        parked.keySet().removeAll(mayGoOn);
        return mayGoOn;
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
