package io.opsflow.queryside.subscription;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The places for streams in one process. No user takes more than a tenth of them, by however many tokens. */
final class Places {

    private static final int SHARES = 10;

    private record User(String domainId, String userId) {

        static User of(Caller caller) {
            return new User(caller.domainId(), caller.userId());
        }
    }

    private final Semaphore free;
    private final int mostOfOne;
    private final Map<User, Integer> taken = new ConcurrentHashMap<>();

    Places(int limit) {
        this.free = new Semaphore(limit);
        this.mostOfOne = Math.max(1, limit / SHARES);
    }

    /** @throws ApiException ERROR_UNAVAILABLE where there is none, or none for this caller */
    void take(Caller caller) {
        if (taken.merge(User.of(caller), 1, Integer::sum) > mostOfOne) {
            forget(caller);
            throw ApiException.unavailable("You have too many subscriptions open; close some or try again later.");
        }
        if (!free.tryAcquire()) {
            forget(caller);
            throw ApiException.unavailable("Too many subscriptions are open; try again later.");
        }
    }

    /** Gives one back that was taken. */
    void leave(Caller caller) {
        free.release();
        forget(caller);
    }

    private void forget(Caller caller) {
        taken.computeIfPresent(User.of(caller), (user, places) -> places == 1 ? null : places - 1);
    }
}
