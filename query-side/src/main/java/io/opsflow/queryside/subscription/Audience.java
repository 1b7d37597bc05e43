package io.opsflow.queryside.subscription;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who gets events as they come, by domain. For one thread at a time. */
final class Audience {

    /** Of those who see all domains; no domain's id is empty. */
    private static final String ALL = "";

    private record Listener(Caller caller, Inbox inbox) {}

    private final Map<String, Set<Listener>> byDomain = new HashMap<>();

    boolean isEmpty() {
        return byDomain.isEmpty();
    }

    void add(Caller caller, Inbox inbox) {
        byDomain.computeIfAbsent(domain(caller), first -> new HashSet<>()).add(new Listener(caller, inbox));
    }

    void remove(Caller caller, Inbox inbox) {
        byDomain.computeIfPresent(domain(caller), (domain, listeners) -> {
            listeners.remove(new Listener(caller, inbox));
            return listeners.isEmpty() ? null : listeners;
        });
    }

    /** Gives the event to all who may see it. */
    void tell(LoggedEvent event) {
        tell(event, ALL);
        tell(event, event.domain());
    }

    private void tell(LoggedEvent event, String domain) {
        for (Listener listener : byDomain.getOrDefault(domain, Set.of())) {
            if (event.isVisibleTo(listener.caller())) {
                listener.inbox().put(event);
            }
        }
    }

    private static String domain(Caller caller) {
        return caller.role() == Role.SYSTEM_ADMIN ? ALL : caller.domainId();
    }
}
