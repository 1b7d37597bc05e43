package io.opsflow.commandside.eventstore;

import org.axonframework.messaging.unitofwork.UnitOfWork;

public final class ReadVersions {
    public static final long ABSENT = -1;

    public static ReadVersions of(UnitOfWork<?> u) {
        return new ReadVersions();
    }

    public void read(String id, long v) {}
}
