package io.opsflow.commandside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.relay.RelayProgress;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the event store ends and how far the relay has come, for admins of the system. */
@RestController
@RequestMapping("/admin/event-store")
class EventStoreController {

    private final RelayProgress progress;

    EventStoreController(RelayProgress progress) {
        this.progress = progress;
    }

    /**
     * @param head index of the last event; as indexes have no holes, also how many there are
     * @param relayPosition the last event that the broker has acknowledged
     * @param relayLag events in the store that the broker does not have yet
     */
    record EventStoreInfo(long head, long relayPosition, long relayLag) {}

    /** As of a second ago at most; 503 where the store's database cannot be asked. */
    @GetMapping
    EventStoreInfo get(Caller caller) {
        caller.demandSystemAdmin();
        RelayProgress.Progress now = progress.current();
        if (now == null) {
            throw ApiException.unavailable("The event store cannot be asked.");
        }
        return new EventStoreInfo(now.head(), now.position(), now.lag());
    }
}
