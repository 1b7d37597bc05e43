package io.opsflow.queryside.subscription;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.event.CloudEventJson;
import io.opsflow.api.event.EventRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An event of a task, on its way to any number of streams. */
final class LoggedEvent {

    private final EventRecord event;
    private final String lastProject;
    private volatile byte @Nullable [] frame;

    /** @param lastProject the project that the task belongs to now, whichever it was after this event */
    LoggedEvent(EventRecord event, String lastProject) {
        this.event = event;
        this.lastProject = lastProject;
    }

    long index() {
        return event.globalIndex();
    }

    String domain() {
        return event.domainId();
    }

    /** About what it takes in memory, once for all streams. */
    int size() {
        return event.payload().length();
    }

    boolean isVisibleTo(Caller caller) {
        return caller.sees(event.domainId(), event.workspaceId(), lastProject);
    }

    /** As it is sent; written when the first stream needs it. */
    byte[] frame() {
        byte[] bytes = frame;
        if (bytes == null) {
            bytes = "id: %d\ndata: %s\n\n"
                    .formatted(event.globalIndex(), CloudEventJson.write(event))
                    .getBytes(StandardCharsets.UTF_8);
            frame = bytes;
        }
        return bytes;
    }
}
