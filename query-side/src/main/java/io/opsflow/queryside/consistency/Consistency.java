package io.opsflow.queryside.consistency;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.web.meter.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes reads as fresh as they ask to be. The version of each row decides, never a position in the topic: partitions
 * advance apart from each other. A read that waits holds neither a connection nor a platform thread.
 */
@Component
@EnableConfigurationProperties(ConsistencySettings.class)
public class Consistency implements ReadModelListener, AutoCloseable {

    private final Lookout lookout;
    private final Duration limit;
    private final Timer reached;
    private final Timer givenUp;

    Consistency(DataSource readModel, ConsistencySettings settings, MeterRegistry meters) {
        limit = settings.limit();
        lookout = new Lookout(new HeldVersions(JdbcClient.create(readModel))).start();
        reached = timer(meters, "reached");
        givenUp = timer(meters, "given_up");
        Gauge.builder("opsflow.consistency.waiting", lookout, Lookout::size)
                .description("reads that wait for changes at the moment")
                .register(meters);
    }

    /**
     * Returns as soon as the read model includes the changes, at once where there are none to wait for. To be called
     * when the request is known to be right, and before anything is read.
     *
     * @throws ApiException ERROR_INVALID_PARAMETER for what names no changes; ERROR_UNAVAILABLE where they are not there
     *     within the limit, the same for changes of what the caller may not see or that does not exist
     */
    public void await(Caller caller, ConsistentWith demanded) {
        Map<String, Long> versions = demanded.versions();
        if (versions.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        boolean there = await(new Waiting(caller, versions));
        (there ? reached : givenUp).record(Duration.ofNanos(System.nanoTime() - start));
        if (!there) {
            throw ApiException.unavailable("The changes to be included did not arrive in time; try again.");
        }
    }

    private boolean await(Waiting read) {
        lookout.add(read);
        try {
            return read.await(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lookout.remove(read);
        }
    }

    @Override
    public void changed(Collection<Held> rows) {
        lookout.learn(rows);
    }

    @Override
    public void close() {
        lookout.close();
    }

    private static Timer timer(MeterRegistry meters, String outcome) {
        return Durations.timer(
                        "opsflow.consistency.wait", "how long reads waited for the changes they asked to include")
                .tag("outcome", outcome)
                .register(meters);
    }
}
