package io.opsflow.web.room;

import io.opsflow.api.caller.Caller;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much each domain has of something that all share, and each user in it. To be used under a lock of its owner. */
public final class Shares {

    public record User(String domainId, String userId) {

        public static User of(Caller caller) {
            return new User(caller.domainId(), caller.userId());
        }
    }

    private final Map<String, Long> ofDomain = new HashMap<>();
    private final Map<User, Long> ofUser = new HashMap<>();
    private long all;

    public void add(User user, long change) {
        all += change;
        ofDomain.merge(user.domainId(), change, Shares::addOrForget);
        ofUser.merge(user, change, Shares::addOrForget);
    }

    public long ofAll() {
        return all;
    }

    public long ofDomain(User user) {
        return ofDomain.getOrDefault(user.domainId(), 0L);
    }

    public long of(User user) {
        return ofUser.getOrDefault(user, 0L);
    }

    private static @Nullable Long addOrForget(Long before, Long change) {
        return before + change == 0 ? null : before + change;
    }
}
