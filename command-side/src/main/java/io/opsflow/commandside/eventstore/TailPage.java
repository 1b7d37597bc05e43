package io.opsflow.commandside.eventstore;

import java.util.List;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * What a reader of the tail gets at once.
 *
 * @param position that of the last event; where it was read from, if there is none
 * @param bytes of their payloads
 * @param more whether there was more behind it
 * @param next how many events to ask for behind it
 */
public record TailPage(List<TrackedEventMessage<?>> events, long position, long bytes, boolean more, int next) {

    /** As many events as are asked for at once, where nothing is known of those before. */
    public static final int FIRST = EventReader.PAGE;

    /** It ends behind the event by which its bytes reach this; one event may be as large as a request. */
    public static final int ENOUGH_BYTES = EventReader.PAGE_BYTES;
}
