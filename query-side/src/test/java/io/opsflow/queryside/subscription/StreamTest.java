package io.opsflow.queryside.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.fixture.TaskEvents;
import io.opsflow.queryside.log.EventLog;
import io.opsflow.queryside.table.Pipeline;
import io.opsflow.web.token.TokenLife;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class StreamTest {

    private static final long EVENTS = 400_000;
    private static final TokenLife TOKEN = new TokenLife(Instant.MAX, () -> true);

    private static final Caller ADMIN =
            TaskEvents.caller(Role.DOMAIN_ADMIN, QuerySideServer.OTHER_DOMAIN, TaskEvents.WORKSPACE);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void aReaderWithoutEventsPassesOverALargeLogInBoundedSteps() throws Exception {
        EventPages log = aLogOfAnotherDomain();
        try (LogTail tail = new LogTail(log, () -> {}).start()) {
            assertThat(tail.now()).isEqualTo(EVENTS);
            Stream stream = new Stream(ADMIN, TOKEN, 0, signsOfLifeAfterEachStep(log, tail), out);
            FutureTask<Stream.End> reader = new FutureTask<>(stream::run);
            Thread.startVirtualThread(reader);
            await().until(() -> out.size() > 0 && positions().getLast() == EVENTS);
            stream.stop(Stream.End.STOPPED);
            assertThat(reader.get()).isEqualTo(Stream.End.STOPPED);
        }

        List<Long> positions = positions();
        assertThat(positions).startsWith(0L, 1_000L, 3_000L, 7_000L);
        for (int i = 1; i < positions.size(); i++) {
            assertThat(positions.get(i)).isLessThanOrEqualTo(positions.get(i - 1) + 100_000);
        }
    }

    /** Where it ends in the middle of a page its reader resumes there, and not behind what it never got. */
    @Test
    void aReaderIsToldNoPlaceBeyondWhatItWasSent() throws Exception {
        EventPages log = aLogOf(10);
        AtomicReference<Stream> stream = new AtomicReference<>();
        var stopping = new FilterOutputStream(out) {
            @Override
            public void write(byte[] frame) throws IOException {
                out.write(frame);
                if (new String(frame, StandardCharsets.UTF_8).contains("id: 3\n")) {
                    stream.get().stop(Stream.End.STOPPED);
                }
            }
        };
        try (LogTail tail = new LogTail(log, () -> {}).start()) {
            assertThat(tail.now()).isEqualTo(10);
            stream.set(new Stream(TaskEvents.OWNER, TOKEN, 0, signsOfLifeAfterEachStep(log, tail), stopping));

            assertThat(stream.get().run()).isEqualTo(Stream.End.STOPPED);
        }
        assertThat(positions()).containsExactly(0L, 1L, 2L, 3L);
    }

    /** Whoever withdraws a key may put it back at once: the reader comes back with another token, or the same one. */
    @Test
    void aTokenThatIsRefusedOnceEndsTheStreamWhateverItIsAbout() throws Exception {
        EventPages log = aLogOf(10);
        for (int accepted = 0; accepted < 20; accepted++) {
            AtomicInteger left = new AtomicInteger(accepted);
            TokenLife token = new TokenLife(Instant.MAX, () -> left.getAndDecrement() != 0);
            try (LogTail tail = new LogTail(log, () -> {}).start()) {
                assertThat(tail.now()).isEqualTo(10);
                Stream stream = new Stream(TaskEvents.OWNER, token, 0, signsOfLifeAfterEachStep(log, tail), out);
                FutureTask<Stream.End> reader = new FutureTask<>(stream::run);
                Thread.startVirtualThread(reader);

                assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(Stream.End.EXPIRED);
            }
        }
    }

    private static Stream.Common signsOfLifeAfterEachStep(EventPages log, LogTail tail) {
        return new Stream.Common(
                log, tail, Duration.ofNanos(1), Clock.systemUTC(), new SimpleMeterRegistry().counter("sent"));
    }

    private List<Long> positions() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.valueOf(line.substring(4)))
                .toList();
    }

    private static EventPages aLogOf(int events) throws IOException {
        JdbcTemplate database = new JdbcTemplate(new DriverManagerDataSource(Servers.newDatabase()));
        database.execute(
                new ClassPathResource("db/readmodel/tables/V1__tables.sql").getContentAsString(StandardCharsets.UTF_8));
        Happenings happenings = new Happenings();
        List<EventRecord> all = IntStream.range(0, events)
                .mapToObj(i -> happenings.one(TaskEvents.taskCreated(TaskEvents.id(i))))
                .toList();
        Pipeline pipeline = new Pipeline(database);
        EventLog.add(pipeline, all);
        pipeline.run();
        return new EventPages(JdbcClient.create(database));
    }

    private static EventPages aLogOfAnotherDomain() {
        JdbcClient database = JdbcClient.create(new DriverManagerDataSource(Servers.newDatabase()));
        database.sql("create table task (task_id text, project_id text)").update();
        database.sql("""
                        create table event_log (global_index bigint primary key, event_id text, aggregate_type text,
                                                aggregate_id text, domain_id text, project_id text, payload text)
                        """).update();
        database.sql(
                        "insert into event_log select i, 'event-' || i, 'task', 'task-1', ?, 'project-1', '{}' from generate_series(1, ?) i")
                .params(TaskEvents.DOMAIN, EVENTS)
                .update();
        return new EventPages(database);
    }
}
