package io.opsflow.bench.commands;

import io.opsflow.bench.server.Databases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Watches, from its making on, what PostgreSQL's busy connections wait for and what the processes cost. */
final class ServerWatch implements AutoCloseable {

    private static final String BUSY = """
            select application_name, coalesce(wait_event_type || ': ' || wait_event, 'on a processor'),
                   left(regexp_replace(query, '\\s+', ' ', 'g'), 60)
              from pg_stat_activity
             where state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()
            """;

    private static final String PID = "select pg_backend_pid()";

    private static final long PERIOD_MILLIS = 10;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("server-watch").factory());
    private final Connection connection;
    private final Statement statement;
    private final List<ProcessHandle> jvms;
    private final ProcessHandle postmaster;
    private final Tally waits = new Tally();
    private final Future<?> looking;
    private final Map<String, Duration> before;
    private final long begin = System.nanoTime();

    ServerWatch(Databases databases, List<ProcessHandle> jvms) throws SQLException {
        this.jvms = jvms;
        connection = databases.connect("postgres");
        statement = connection.createStatement();
        postmaster = postmaster();
        before = processorTime();
        looking = timer.scheduleAtFixedRate(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try (ResultSet rows = statement.executeQuery(BUSY)) {
            while (rows.next()) {
                waits.add("%-22s %-28s %s".formatted(rows.getString(1), rows.getString(2), rows.getString(3)), 1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProcessHandle postmaster() throws SQLException {
        try (ResultSet row = statement.executeQuery(PID)) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow();
        }
    }

    private Map<String, Duration> processorTime() {
        Map<String, Duration> times = new LinkedHashMap<>();
        for (ProcessHandle jvm : jvms) {
            times.put(jvm.equals(ProcessHandle.current()) ? "bench" : "command side", of(Stream.of(jvm)));
        }
        times.put("PostgreSQL", of(Stream.concat(Stream.of(postmaster), postmaster.descendants())));
        return times;
    }

    private static Duration of(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** What was seen so far. */
    String text() throws InterruptedException {
        timer.shutdown();
        timer.awaitTermination(10, TimeUnit.SECONDS); // the look that is under way
        double seconds = (System.nanoTime() - begin) / 1e9;
        List<String> shares = new ArrayList<>();
        processorTime()
                .forEach((process, time) -> shares.add("%s %.1f s"
                        .formatted(
                                process,
                                time.minus(before.getOrDefault(process, Duration.ZERO))
                                                .toMillis()
                                        / 1e3)));
        return "Processor time in %.1f s: %s%n%n%s"
                .formatted(seconds, String.join(", ", shares), waits.text("PostgreSQL's busy connections", 20));
    }

    @Override
    public void close() throws SQLException {
        timer.shutdownNow();
        connection.close();
    }
}
