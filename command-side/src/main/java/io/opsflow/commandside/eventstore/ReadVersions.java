package io.opsflow.commandside.eventstore;

import java.util.HashMap;
import java.util.Map;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * What a command has looked at while it was decided: the ids of other aggregates, with the version each had. The append
 * compares them with the store under its lock, and a command that saw what has changed since is decided again.
 */
public final class ReadVersions {

    /** The version of what did not exist. */
    public static final long ABSENT = -1;

    private static final String RESOURCE = ReadVersions.class.getName();

    private final Map<String, Long> versions = new HashMap<>();

    private ReadVersions() {}

    /** Those of the command that this unit of work handles. */
    public static ReadVersions of(UnitOfWork<?> unitOfWork) {
        return unitOfWork.root().getOrComputeResource(RESOURCE, name -> new ReadVersions());
    }

    /** Remembers what was seen. Of two looks the first counts: if it was stale, so is the decision. */
    public void read(String aggregateId, long version) {
        versions.putIfAbsent(aggregateId, version);
    }

    Map<String, Long> asMap() {
        return Map.copyOf(versions);
    }
}
