package io.opsflow.queryside.subscription;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.queryside.consistency.Held;
import io.opsflow.queryside.consistency.ReadModelListener;
import io.opsflow.web.stop.StopConfiguration;
import io.opsflow.web.token.TokenLife;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Streams the events of tasks, each with its CloudEvents JSON as data and its global index as id, in the order of the
 * event store. Streams end before the web server stops, which would wait for them, and when no new one can come.
 */
@Component
@EnableConfigurationProperties(SubscriptionSettings.class)
public class Subscriptions implements ReadModelListener, SmartLifecycle, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

    /** Why a stream ended where its reader ended it. */
    private static final String GONE = "gone";

    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();
    private final Places places;
    private final LogTail tail;
    private final Stream.Common common;
    private final Map<String, Counter> ended = new HashMap<>();
    private volatile boolean running;

    Subscriptions(DataSource readModel, SubscriptionSettings settings, Clock clock, MeterRegistry meters) {
        EventPages pages = new EventPages(JdbcClient.create(readModel));
        this.places = new Places(settings.limit());
        this.tail = new LogTail(pages, () -> end(Stream.End.REPLACED)).start();
        ended.put(GONE, ended(meters, GONE));
        for (Stream.End end : Stream.End.values()) {
            ended.put(word(end), ended(meters, word(end)));
        }
        Counter sent = Counter.builder("opsflow.subscription.sent")
                .description("events sent to those who subscribed")
                .register(meters);
        Gauge.builder("opsflow.subscription.open", streams, Set::size)
                .description("streams that are open at the moment")
                .register(meters);
        Gauge.builder("opsflow.subscription.limit", settings, SubscriptionSettings::limit)
                .description("streams that this process serves at most")
                .strongReference(true)
                .register(meters);
        this.common = new Stream.Common(pages, tail, settings.heartbeat(), clock, sent);
    }

    /**
     * Writes the caller's events until the token's end, the stop of the process, the database's absence while the past is
     * read, the exchange of the log for another one, or the reader's end: because it went away, or because it reads so
     * slowly that it had to be cut off. It may resume behind the last id it has read.
     *
     * @throws ApiException ERROR_UNAVAILABLE before anything is written, where too many subscribe already, or the caller
     *     does so too often, and where the log cannot be read in time
     */
    public void serve(Caller caller, TokenLife token, From from, OutputStream out) {
        places.take(caller);
        try {
            long now = tail.now(); // whoever listened to a tail that still counts would make it read the whole log
            Long index = from.index();
            Stream stream = new Stream(caller, token, index == null ? now : index, common, out);
            Objects.requireNonNull(ended.get(run(stream))).increment();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The service stops.");
        } finally {
            places.leave(caller);
        }
    }

    private String run(Stream stream) throws InterruptedException {
        streams.add(stream);
        try {
            if (!running) {
                stream.stop(Stream.End.STOPPED);
            }
            return word(stream.run());
        } catch (DataAccessException e) {
            log.warn("A stream of events ends, its reader may resume: {}", e.toString());
            return word(Stream.End.UNAVAILABLE);
        } catch (IOException e) {
            return GONE; // the only one who could be told
        } finally {
            streams.remove(stream);
        }
    }

    private static Counter ended(MeterRegistry meters, String reason) {
        return Counter.builder("opsflow.subscription.ended")
                .description("streams that ended, and why")
                .tag("reason", reason)
                .register(meters);
    }

    private static String word(Stream.End end) {
        return end.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void changed(Collection<Held> rows) {
        tail.changed();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        end(Stream.End.STOPPED);
    }

    private void end(Stream.End reason) {
        streams.forEach(stream -> stream.stop(reason));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return StopConfiguration.LONG_REQUESTS;
    }

    @Override
    public void close() {
        tail.close();
    }
}
