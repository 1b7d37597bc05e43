package io.opsflow.commandside.eventstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * What a command's decision rests on, gathered while it is decided: the versions of the aggregates it has looked at, and
 * rules that span aggregates. Both are checked under the append lock, and a command that others have overtaken is
 * decided again.
 */
public final class AppendCondition {

    /** The version of what did not exist. */
    public static final long ABSENT = -1;

    private static final String RESOURCE = AppendCondition.class.getName();

    private final Map<String, Long> versions = new HashMap<>();
    private final List<AppendGuard> guards = new ArrayList<>();

    private AppendCondition() {}

    /** That of the command that this unit of work handles. */
    public static AppendCondition of(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(RESOURCE, name -> new AppendCondition());
    }

    /** Remembers what was seen. Of two looks the first counts: if it was stale, so is the decision. */
    public void read(String aggregateId, long version) {
        versions.putIfAbsent(aggregateId, version);
    }

    /** Has a rule checked when the command's events are appended; where there are none, nothing is checked. */
    public void require(AppendGuard guard) {
        guards.add(guard);
    }

    Map<String, Long> versions() {
        return Map.copyOf(versions);
    }

    List<AppendGuard> guards() {
        return List.copyOf(guards);
    }
}
