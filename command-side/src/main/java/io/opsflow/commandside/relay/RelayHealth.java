package io.opsflow.commandside.relay;

import io.opsflow.commandside.relay.RelayProgress.Progress;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The part {@code relay} of a process's health. Its worst is DEGRADED, a status that the whole does not take over:
 * commands are served without a broker, so no process leaves because of it.
 */
final class RelayHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED");

    /** A batch takes milliseconds. */
    private static final Duration TOO_LONG = Duration.ofSeconds(5);

    private final Relay relay;
    private final TopicVerdict topic;
    private final RelayProgress progress;

    RelayHealth(Relay relay, TopicVerdict topic, RelayProgress progress) {
        this.relay = relay;
        this.topic = topic;
        this.progress = progress;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        if (relay.waiting().compareTo(TOO_LONG) > 0) {
            health.status(DEGRADED)
                    .withDetail(
                            "problem",
                            "waiting for the broker for " + relay.waiting().toSeconds() + " s");
        }
        Throwable obstacle = topic.obstacle();
        if (obstacle != null) {
            health.status(DEGRADED).withDetail("problem", "the topic cannot be held against the store: " + obstacle);
        }
        String problem = topic.problem() == null ? relay.problem() : topic.problem();
        if (problem != null) {
            health.status(DEGRADED).withDetail("problem", problem);
        }
        Progress current = progress.current();
        if (current != null) {
            health.withDetail("position", current.position()).withDetail("lag", current.lag());
        }
        return health.build();
    }
}
