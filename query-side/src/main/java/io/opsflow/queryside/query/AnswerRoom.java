package io.opsflow.queryside.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.web.room.Room;
import java.util.function.Consumer;

/**
 * The memory that answers may take together, from the reading of their rows until their last byte has been sent: whoever
 * stops reading keeps an answer where it is, for as long as the server waits.
 */
public final class AnswerRoom {

    /** Bytes of heap for each character: an answer takes three at most ({@link AnswerSize#ofJson}), all of them less than a third. */
    private static final int HEAP = 10;

    private final Room room;

    /**
     * @param most characters, as {@link AnswerSize} counts them
     * @param atRequestEnd as {@link Room} takes it
     */
    public AnswerRoom(long most, Consumer<Runnable> atRequestEnd, MeterRegistry meters) {
        Counter refused = Counter.builder("opsflow.query.without.room")
                .description("answers that had no room in memory beside those under way")
                .register(meters);
        this.room = new Room(most, atRequestEnd, () -> {
            refused.increment();
            return ApiException.unavailable("Too many large answers are under way; try again later, or ask for less.");
        });
        Gauge.builder("opsflow.query.room.used", room, Room::used)
                .description("share of the memory for answers that is taken by those being read or sent")
                .register(meters);
    }

    /** Of this process, and enough for any one answer. */
    static AnswerRoom ofHeap(MeterRegistry meters) {
        long most = Math.max(AnswerSize.MOST_CHARACTERS, Runtime.getRuntime().maxMemory() / HEAP);
        return new AnswerRoom(most, Room::atRequestEnd, meters);
    }

    /**
     * The size of an answer to the request of this thread, which gives its room back when the request has ended.
     *
     * @param limit the parameter that makes the answer smaller
     */
    public AnswerSize answer(Caller caller, String limit) {
        return new AnswerSize(limit, room.place(caller));
    }
}
