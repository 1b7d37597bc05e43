package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.PROJECT;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.EventStream;
import io.opsflow.queryside.fixture.EventStream.Sent;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.RunningQuerySide;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ManySubscribersTest extends SubscriptionTest {

    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    ManySubscribersTest() {
        super(QuerySideServer.start("opsflow.subscription.heartbeat=1s"));
    }

    @AfterEach
    void stop() {
        readers.close();
        server.close();
    }

    @Test
    void aThousandGetAnEvent() throws Exception {
        List<String> tokens =
                IntStream.range(0, 5).mapToObj(i -> owner("user-" + i)).toList();
        List<Future<EventStream>> opened = IntStream.range(0, 1_000)
                .mapToObj(i -> readers.submit(() -> {
                    EventStream stream = subscribe(tokens.get(i % tokens.size()), "");
                    assertThat(stream.next()).isEqualTo(new Sent(0, null));
                    return stream;
                }))
                .toList();
        List<EventStream> streams = new ArrayList<>();
        for (Future<EventStream> stream : opened) {
            streams.add(stream.get());
        }
        assertThat(open()).isEqualTo(1_000);

        EventRecord created = happenings.one(created());
        happens(created);
        for (EventStream stream : streams) {
            assertThat(stream.nextEvent()).satisfies(sent -> {
                assertThat(sent.id()).isEqualTo(1);
                assertThat(sent.data()).contains(created.payload());
            });
        }
    }

    @Test
    void readersThatAreCutMissNothingAndGetNothingTwice() throws Exception {
        List<EventRecord> history = history(3_000);
        List<Long> expected = history.stream()
                .filter(event -> event.aggregateType().equals("task"))
                .filter(event -> event.workspaceId().equals(workspace))
                .map(EventRecord::globalIndex)
                .toList();
        String token = owner();
        List<Future<List<Long>>> all = IntStream.range(0, 6)
                .mapToObj(seed -> readers.submit(() -> readWithCuts(token, expected.getLast(), new Random(seed))))
                .toList();

        for (int i = 0; i < history.size(); i += 100) {
            happens(history.subList(i, i + 100));
        }
        for (Future<List<Long>> ids : all) {
            assertThat(ids.get()).isEqualTo(expected);
        }
    }

    /** Of several tasks, so that partitions overtake each other. */
    private List<EventRecord> history(int events) {
        List<String> tasks = Stream.generate(SubscriptionTest::newTask).limit(9).toList();
        List<EventRecord> history = new ArrayList<>();
        for (String id : tasks) {
            String of = history.size() % 3 == 0 ? "workspace-other" : workspace;
            history.add(happenings.one(createdIn(id, DOMAIN, of, PROJECT, "{}")));
        }
        while (history.size() < events) {
            history.add(happenings.one(taskRenamed(tasks.get(history.size() % 9), "name " + history.size())));
        }
        return history;
    }

    private List<Long> readWithCuts(String token, long last, Random random) {
        List<Long> ids = new ArrayList<>();
        long position = 0;
        while (position < last) {
            try (EventStream stream = EventStream.open(server, token, "", "Last-Event-ID: " + position)) {
                for (int i = random.nextInt(200); i >= 0 && position < last; i--) {
                    Sent sent = stream.next();
                    position = sent.id();
                    if (sent.data() != null) {
                        ids.add(position);
                    }
                }
            }
        }
        return ids;
    }

    @Test
    void whoReadsTooSlowlyIsCutOffAndCanResume() {
        EventStream slow = subscribe(owner(), "");
        EventStream witness = subscribe(
                QuerySideServer.token(DOMAIN, "WORKSPACE_OWNER")
                        .workspace("workspace-witness")
                        .build(),
                "");
        assertThat(slow.next()).isEqualTo(new Sent(0, null));
        happens(happenings.one(created()));
        assertThat(slow.ids(1)).containsExactly(1L);

        String text = "x".repeat(60_000);
        for (int i = 0; i < 40; i++) {
            happens(Stream.generate(() -> happenings.one(renamed(text)))
                    .limit(10)
                    .toList());
        }
        happens(happenings.one(createdIn(newTask(), DOMAIN, "workspace-witness", PROJECT, "{}")));
        assertThat(witness.ids(1)).as("all has been handed out").isEqualTo(at(402, 402));
        List<Long> read = slow.ids(400);
        assertThat(read).hasSizeLessThan(400).isEqualTo(at(2, 1 + read.size()));
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> server.bean(MeterRegistry.class)
                                .get("opsflow.subscription.ended")
                                .tag("reason", "cut_off")
                                .counter()
                                .count()
                        == 1);

        EventStream resumed = subscribe(owner(), "", "Last-Event-ID: " + (1 + read.size()));
        assertThat(resumed.ids(400 - read.size())).isEqualTo(at(2 + read.size(), 401));
    }

    @Test
    void aTokenWhoseKeyIsWithdrawnStreamsNoLonger() {
        EventStream stream = subscribe(owner(), "");
        assertThat(stream.next()).isNotNull();
        server.replaceKeys();

        assertThat(stream.nextEvent()).isNull();
        assertThat(subscribe(owner(), "").status()).isEqualTo(401);
    }

    @Test
    void theStopOfTheProcessEndsAllStreamsAtOnce() throws InterruptedException, ExecutionException {
        EventStream stream = subscribe(owner(), "");
        assertThat(stream.next()).isNotNull();
        Instant before = Instant.now();
        Future<?> stopped = readers.submit(server::stop);

        assertThat(stream.nextEvent()).isNull();
        stopped.get();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }
}
