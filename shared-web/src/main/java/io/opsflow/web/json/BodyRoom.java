package io.opsflow.web.json;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.web.room.Room;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * The memory that the bodies of requests may take together, from their first bytes until their requests have ended: whoever
 * stops sending, or waits for what a read is to include, keeps a body where it is.
 */
final class BodyRoom {

    /** All bodies take a quarter of the heap at most. */
    private static final int HEAP = 4;

    /** Enough for any one body that says something. */
    private static final long LEAST = 64L * 1024 * 1024;

    private static final int BUFFER = 8 * 1024;

    private final Room room;

    /**
     * @param most bytes of heap, as {@link BodySize} counts them
     * @param atRequestEnd as {@link Room} takes it
     */
    BodyRoom(long most, Consumer<Runnable> atRequestEnd, MeterRegistry meters) {
        Counter refused = Counter.builder("opsflow.request.without.room")
                .description("requests whose bodies had no room in memory beside those under way")
                .register(meters);
        this.room = new Room(most, atRequestEnd, () -> {
            refused.increment();
            return ApiException.unavailable("Too many large requests are under way; try again later, or send less.");
        });
        Gauge.builder("opsflow.request.room.used", room, Room::used)
                .description("share of the memory for requests that is taken by the bodies of those under way")
                .register(meters);
    }

    /** Of this process. */
    static BodyRoom ofHeap(MeterRegistry meters) {
        return new BodyRoom(Math.max(LEAST, Runtime.getRuntime().maxMemory() / HEAP), Room::atRequestEnd, meters);
    }

    /**
     * Reads the body of this thread's request, which takes room as it comes in; what finds none is not read on.
     *
     * @return its first bytes, one more than the most where it is longer
     * @throws ApiException 503 where there is no room for it now
     */
    byte[] read(InputStream in, int most, Caller caller) throws IOException {
        BodySize size = new BodySize(room.place(caller));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        int length = 0;
        while (length >= 0 && body.size() <= most) {
            length = in.read(buffer, 0, Math.min(BUFFER, most + 1 - body.size()));
            if (length > 0) {
                size.add(buffer, length);
                body.write(buffer, 0, length);
            }
        }
        return body.toByteArray();
    }
}
