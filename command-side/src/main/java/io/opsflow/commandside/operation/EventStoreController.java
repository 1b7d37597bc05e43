package io.opsflow.commandside.operation;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Timestamps;
import io.opsflow.commandside.eventstore.ChainReport;
import io.opsflow.commandside.eventstore.ChainVerification;
import io.opsflow.commandside.eventstore.ChainVerification.Verified;
import io.opsflow.commandside.eventstore.StoreTrust;
import io.opsflow.commandside.relay.RelayProgress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the event store ends, how far the relay has come and whether the chain is whole, for admins of the system. */
@RestController
@RequestMapping("/admin/event-store")
class EventStoreController {

    private final RelayProgress progress;
    private final StoreTrust trust;
    private final ChainVerification chain;

    EventStoreController(RelayProgress progress, StoreTrust trust, ChainVerification chain) {
        this.progress = progress;
        this.trust = trust;
        this.chain = chain;
    }

    /**
     * @param head index of the last event; as indexes have no holes, also how many there are
     * @param relayPosition the last event that the broker has acknowledged
     * @param relayLag events in the store that the broker does not have yet
     * @param doubt why nothing is appended until somebody says what to trust; null where nothing speaks against the store
     * @param verification what the last walk along the chain found; null before the first one
     * @param verifying how many events the walk that is under way in this process has seen; null while there is none
     * @param verificationFailedAt when the last walk of this process failed; null where it ended, or is under way
     */
    record EventStoreInfo(
            long head,
            long relayPosition,
            long relayLag,
            @Nullable String doubt,
            @Nullable Verification verification,
            @Nullable Long verifying,
            @Nullable String verificationFailedAt) {}

    /** @param firstBreak what happened where the chain breaks first; null where it is whole */
    record Verification(
            String verifiedAt,
            long events,
            long head,
            String headHash,
            long breaks,
            @Nullable String firstBreak) {

        static Verification of(Verified verified) {
            ChainReport chain = verified.chain();
            return new Verification(
                    Timestamps.format(verified.verifiedAt()),
                    chain.events(),
                    chain.head(),
                    chain.headHash(),
                    chain.breaks(),
                    chain.firstBreak());
        }
    }

    /** Head and relay as of a second ago at most; 503 where the store's database cannot be asked. */
    @GetMapping
    EventStoreInfo get(Caller caller) {
        caller.demandSystemAdmin();
        return info();
    }

    /** Walks along the hash chain in the background; 409 while this process is at it already. */
    @PostMapping("/verify")
    EventStoreInfo verify(Caller caller) {
        caller.demandSystemAdmin();
        if (!chain.start()) {
            throw ApiException.underWay("A walk along the hash chain");
        }
        return info();
    }

    private EventStoreInfo info() {
        RelayProgress.Progress now = progress.current();
        if (now == null) {
            throw ApiException.unavailable("The event store cannot be asked.");
        }
        Instant failedAt = chain.failedAt();
        return new EventStoreInfo(
                now.head(),
                now.position(),
                now.lag(),
                trust.look().doubt(),
                chain.last().map(Verification::of).orElse(null),
                chain.walked(),
                failedAt == null ? null : Timestamps.format(failedAt));
    }
}
