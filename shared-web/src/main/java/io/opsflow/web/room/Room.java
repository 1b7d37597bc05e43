package io.opsflow.web.room;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What requests may take together, until they have ended. One domain has half of it at most, and one user a quarter, unless
 * the request is the only one that they have under way.
 */
public final class Room {

    /** Room is taken by so much; what is smaller takes none. */
    public static final long PIECE = 64L * 1024;

    private final long most;
    private final Consumer<Runnable> atRequestEnd;
    private final Supplier<ApiException> refusal;
    private final Shares taken = new Shares();

    /** What one request has taken; it is used by one thread. */
    public final class Place {

        private final Shares.User user;
        private long size;

        private Place(Shares.User user) {
            this.user = user;
        }

        /** @throws ApiException where there is no room for so much now */
        public void growTo(long wanted) {
            long more = wanted / PIECE * PIECE - size;
            if (more <= 0) {
                return;
            }
            take(user, size, more);
            if (size == 0) {
                atRequestEnd.accept(this::end);
            }
            size += more;
        }

        private void end() {
            giveBack(user, size);
            size = 0;
        }
    }

    /**
     * @param most in whatever it is counted
     * @param atRequestEnd runs what it is given when the answer to the request of this thread has been sent, or has failed
     * @param refusal made for each that finds no room
     */
    public Room(long most, Consumer<Runnable> atRequestEnd, Supplier<ApiException> refusal) {
        this.most = most;
        this.atRequestEnd = atRequestEnd;
        this.refusal = refusal;
    }

    /** Runs it when the request that Spring serves on this thread has ended. */
    public static void atRequestEnd(Runnable action) {
        RequestContextHolder.currentRequestAttributes()
                .registerDestructionCallback(
                        Room.class.getName() + UUID.randomUUID(), action, RequestAttributes.SCOPE_REQUEST);
    }

    /** For the request of this thread. It gives back what it has taken when the request has ended. */
    public Place place(Caller caller) {
        return new Place(Shares.User.of(caller));
    }

    /** From 0 to 1. */
    public synchronized double used() {
        return (double) taken.ofAll() / most;
    }

    private synchronized void take(Shares.User user, long own, long more) {
        if (taken.ofAll() + more > most
                || isTooMuch(taken.ofDomain(user), own, more, most / 2)
                || isTooMuch(taken.of(user), own, more, most / 4)) {
            throw refusal.get();
        }
        taken.add(user, more);
    }

    private static boolean isTooMuch(long taken, long own, long more, long share) {
        return taken > own && taken + more > share;
    }

    private synchronized void giveBack(Shares.User user, long size) {
        taken.add(user, -size);
    }
}
