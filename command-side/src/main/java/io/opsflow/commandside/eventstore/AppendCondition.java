package io.opsflow.commandside.eventstore;

import io.opsflow.commandside.eventstore.idempotency.AnsweredRequest;
import io.opsflow.commandside.eventstore.idempotency.KeyedRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * What a command's decision rests on, gathered while it is decided: the versions of the aggregates it has looked at, and
 * rules that span aggregates. Both are checked under the append lock, and a command that others have overtaken is
 * decided again.
 */
public final class AppendCondition {

    /** The version of what did not exist. */
    public static final long ABSENT = -1;

    private static final String RESOURCE = AppendCondition.class.getName();

    private final @Nullable KeyedRequest request;
    private final String traceparent;
    private final Map<String, Long> versions = new HashMap<>();
    private final List<AppendGuard> guards = new ArrayList<>();
    private long decisions = Long.MAX_VALUE;
    private @Nullable String target;
    private boolean restsOnACache;
    private boolean isAppended;

    private AppendCondition(@Nullable KeyedRequest request, String traceparent) {
        this.request = request;
        this.traceparent = traceparent;
    }

    /** That of the command that this unit of work handles. */
    public static AppendCondition of(UnitOfWork<?> unitOfWork) {
        UnitOfWork<?> root = unitOfWork.root();
        return root.getOrComputeResource(
                RESOURCE, name -> new AppendCondition(KeyedRequest.of(root), EventMetadata.traceparent(root)));
    }

    /** For what is appended without a command, as tools and tests do. */
    static AppendCondition ofNoCommand() {
        return new AppendCondition(null, "");
    }

    /** To be told before the first look: somebody who says later what to trust makes every look an old one. */
    void begin(long decisions) {
        this.decisions = Math.min(this.decisions, decisions);
    }

    /** How often somebody had said what to trust when the command began; what is no command is never too old. */
    public long decisions() {
        return decisions;
    }

    /** Remembers what was seen. Of two looks the first counts: if it was stale, so is the decision. */
    public void read(String aggregateId, long version) {
        versions.putIfAbsent(aggregateId, version);
    }

    /** As {@link #read}, of what came out of a cache: others may have changed it before the command began. */
    public void readFromCache(String aggregateId, long version) {
        read(aggregateId, version);
        restsOnACache = true;
    }

    /** Has a rule checked when the command's events are appended; where there are none, nothing is checked. */
    public void require(AppendGuard guard) {
        guards.add(guard);
    }

    /** The aggregate that the command is about. */
    void target(String aggregateId) {
        target = aggregateId;
    }

    boolean restsOnACache() {
        return restsOnACache;
    }

    @Nullable
    KeyedRequest request() {
        return request;
    }

    /** The command's place in its trace; empty where it has none. */
    String traceparent() {
        return traceparent;
    }

    Map<String, Long> versions() {
        return Map.copyOf(versions);
    }

    boolean isAppended() {
        return isAppended;
    }

    /** What the command adds to the store. */
    Append append(List<StoredEvent> events) {
        isAppended = true;
        StoredEvent first = events.getFirst();
        Map<String, Long> expected = new HashMap<>(versions);
        expected.put(first.aggregateId(), first.sequence() - 1);
        return new Append(
                events,
                expected,
                decisions,
                List.copyOf(guards),
                answer(first.aggregateId(), events.getLast().sequence()));
    }

    /** What remains of a command that changed nothing: the key that its repeats are known by; null where it has none. */
    @Nullable
    Append appendNothing() {
        if (request == null || target == null) {
            return null;
        }
        return new Append(
                List.of(), versions(), decisions, List.of(), answer(target, versions.getOrDefault(target, ABSENT)));
    }

    private @Nullable AnsweredRequest answer(String aggregateId, long version) {
        return request == null ? null : new AnsweredRequest(request, aggregateId, version);
    }
}
