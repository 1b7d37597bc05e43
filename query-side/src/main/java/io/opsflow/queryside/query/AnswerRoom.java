package io.opsflow.queryside.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import java.util.function.Consumer;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * The memory that answers may take together, from the reading of their rows until their last byte has been sent: whoever
 * stops reading keeps an answer where it is, for as long as the server waits. One domain has half of it at most, and one
 * user a quarter, unless the answer is the only one that they have under way.
 */
public final class AnswerRoom {

    /** An answer takes room by so many characters; one that is shorter takes none. */
    static final long PIECE = 64L * 1024;

    /** Bytes of heap for each character: an answer takes three at most ({@link AnswerSize#ofJson}), all of them less than a third. */
    private static final int HEAP = 10;

    private final long most;
    private final Consumer<Runnable> atRequestEnd;
    private final Shares taken = new Shares();
    private final Counter refused;

    /** What one answer has taken; it is used by one thread. */
    final class Place {

        private final Shares.User user;
        private long characters;

        private Place(Shares.User user) {
            this.user = user;
        }

        /** @throws ApiException 503 where there is no room for an answer of this size now */
        void growTo(long size) {
            long more = size / PIECE * PIECE - characters;
            if (more > 0) {
                take(user, characters, more);
                characters += more;
            }
        }

        private void end() {
            giveBack(user, characters);
            characters = 0;
        }
    }

    /**
     * @param most characters, as {@link AnswerSize} counts them
     * @param atRequestEnd runs what it is given when the answer to the request of this thread has been sent, or has failed
     */
    public AnswerRoom(long most, Consumer<Runnable> atRequestEnd, MeterRegistry meters) {
        this.most = most;
        this.atRequestEnd = atRequestEnd;
        this.refused = Counter.builder("opsflow.query.without.room")
                .description("answers that had no room in memory beside those under way")
                .register(meters);
        Gauge.builder("opsflow.query.room.used", this, room -> (double) room.taken() / most)
                .description("share of the memory for answers that is taken by those being read or sent")
                .register(meters);
    }

    /** Of this process, and enough for any one answer. */
    static AnswerRoom ofHeap(MeterRegistry meters) {
        long most = Math.max(AnswerSize.MOST_CHARACTERS, Runtime.getRuntime().maxMemory() / HEAP);
        return new AnswerRoom(most, AnswerRoom::atRequestEnd, meters);
    }

    private static void atRequestEnd(Runnable action) {
        RequestContextHolder.currentRequestAttributes()
                .registerDestructionCallback(
                        AnswerRoom.class.getName() + System.identityHashCode(action),
                        action,
                        RequestAttributes.SCOPE_REQUEST);
    }

    /**
     * The size of an answer to the request of this thread, which gives its room back when the request has ended.
     *
     * @param limit the parameter that makes the answer smaller
     */
    public AnswerSize answer(Caller caller, String limit) {
        Place place = new Place(Shares.User.of(caller));
        atRequestEnd.accept(place::end);
        return new AnswerSize(limit, place);
    }

    synchronized long taken() {
        return taken.ofAll();
    }

    private synchronized void take(Shares.User user, long own, long more) {
        if (taken.ofAll() + more > most
                || isTooMuch(taken.ofDomain(user), own, more, most / 2)
                || isTooMuch(taken.of(user), own, more, most / 4)) {
            refused.increment();
            throw ApiException.unavailable("Too many large answers are under way; try again later, or ask for less.");
        }
        taken.add(user, more);
    }

    private static boolean isTooMuch(long taken, long own, long more, long share) {
        return taken > own && taken + more > share;
    }

    private synchronized void giveBack(Shares.User user, long characters) {
        taken.add(user, -characters);
    }
}
