package io.opsflow.queryside.query;

import io.opsflow.api.caller.Caller;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much each domain has of something that all share, and each user in it. To be used under a lock of its owner. */
final class Shares {

    record User(String domainId, String userId) {

        static User of(Caller caller) {
            return new User(caller.domainId(), caller.userId());
        }
    }

    private final Map<String, Long> ofDomain = new HashMap<>();
    private final Map<User, Long> ofUser = new HashMap<>();
    private long all;

    void add(User user, long change) {
        all += change;
        ofDomain.merge(user.domainId(), change, Shares::addOrForget);
        ofUser.merge(user, change, Shares::addOrForget);
    }

    long ofAll() {
        return all;
    }

    long ofDomain(User user) {
        return ofDomain.getOrDefault(user.domainId(), 0L);
    }

    long of(User user) {
        return ofUser.getOrDefault(user, 0L);
    }

    private static @Nullable Long addOrForget(Long before, Long change) {
        return before + change == 0 ? null : before + change;
    }
}
