package io.opsflow.bench.commands;

import io.opsflow.bench.report.Spread;
import io.opsflow.bench.server.Deployment;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Commands over HTTP as they are measured here, for who measures something else meanwhile. */
public final class HttpLoad implements AutoCloseable {

    private static final String STORE = "event_store";

    private final Crew crew;

    /**
     * Makes a store with a past, which is not on the topic, and starts a command side on it.
     *
     * @param events of that past
     */
    public HttpLoad(Deployment deployment, int events, AnsweredWrites listener) throws Exception {
        FirstEvents.make(deployment, STORE, events);
        crew = new Crew(new OverHttp(deployment, STORE, Deployment.TOPIC, listener));
    }

    /** Who may see the tasks it makes. */
    public static String domain() {
        return Sample.DOMAIN;
    }

    /** Where it makes tasks. */
    public static String workspace() {
        return Sample.WORKSPACE;
    }

    /** As many commands a second as can be done: the median of some turns. */
    public double most(Duration warmUp, int warmUps, Duration turn, int turns) throws Exception {
        crew.warmUp(warmUp, warmUps);
        List<Double> speeds = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            speeds.add(crew.work(turn).perSecond());
        }
        return Spread.of(speeds.stream().mapToDouble(Double::doubleValue)).median();
    }

    /**
     * As many commands as can be done in this time.
     *
     * @return how many these were
     */
    public long work(Duration time) throws Exception {
        return crew.work(time).commands();
    }

    /** So many commands a second, and how long they took; see {@link Crew#latencies}. */
    public Histogram work(double perSecond, Duration time) throws Exception {
        return crew.latencies(perSecond, time);
    }

    @Override
    public void close() throws IOException, SQLException {
        crew.close();
    }
}
