package io.opsflow.commandside.eventstore;

import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * What a reader of the tail gets at once.
 *
 * @param position that of the last event; where it was read from, if there is none
 * @param bytes of their payloads
 * @param more whether there was more behind it
 */
public record TailPage(List<TrackedEventMessage<?>> events, long position, long bytes, boolean more) {

    /** It ends behind the event by which its bytes reach this; one event may be as large as a request. */
    public static final int ENOUGH_BYTES = EventReader.PAGE_BYTES;
}
