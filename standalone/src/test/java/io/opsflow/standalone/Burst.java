package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Clients that create tasks, update them and change their status as fast as they are answered, each its own tasks and
 * all of them some shared ones. They remember every request and what came of it, and never repeat one. They rest when
 * as many requests as were asked for are acknowledged, so that a restart on a small machine does not have to compete.
 */
final class Burst implements AutoCloseable {

    /** How a request can be told from all others in what it wrote. */
    static final Pattern MARKER = Pattern.compile("<c\\d+-\\d+>");

    private static final int CONNECTIONS = 32;
    private static final int SHARED_TASKS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long AFTER_A_FAILURE = Duration.ofMillis(250).toNanos();

    private final List<ApiClient> clients;
    private final String taskTypeId;
    private final List<String> statusIds;
    private final boolean everySecondHasKeys;
    private final List<String> shared;
    private final List<Thread> threads;
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Semaphore wanted = new Semaphore(0);
    private volatile boolean stopped;
    private int asked = SHARED_TASKS;

    /**
     * Creates the shared tasks; the clients wait until they are wanted.
     *
     * @param clients one for each node; the connections are spread over them
     */
    Burst(List<ApiClient> clients, String taskTypeId, List<String> statusIds) {
        this(clients, taskTypeId, statusIds, false);
    }

    /** @param everySecondHasKeys whether every second connection sends a key with each request; see {@link #hasKey} */
    Burst(List<ApiClient> clients, String taskTypeId, List<String> statusIds, boolean everySecondHasKeys) {
        this.clients = clients;
        this.taskTypeId = taskTypeId;
        this.statusIds = statusIds;
        this.everySecondHasKeys = everySecondHasKeys;
        this.shared = IntStream.range(0, SHARED_TASKS)
                .mapToObj(number ->
                        create(clients.getFirst(), "<c%d-%d>".formatted(CONNECTIONS, number), statusIds.getFirst()))
                .peek(created -> assertThat(created.isAcknowledged()).isTrue())
                .map(created -> created.answer().text("task_id"))
                .toList();
        this.threads = IntStream.range(0, CONNECTIONS)
                .mapToObj(number -> Thread.ofPlatform().start(() -> drive(number)))
                .toList();
    }

    /** Asks for twice this many requests, and returns when half of them are acknowledged: in full swing. */
    void swing(int half) {
        asked += 2 * half;
        wanted.release(2 * half);
        awaitAcknowledged(asked - half);
    }

    /** Waits until all that was asked for is acknowledged, and tells what was sent. */
    List<Sent> finish() throws InterruptedException {
        awaitAcknowledged(asked);
        close();
        for (Thread thread : threads) {
            assertThat(thread.join(PATIENCE)).as("a client got its answer").isTrue();
        }
        return List.copyOf(sent);
    }

    @Override
    public void close() {
        stopped = true;
        wanted.release(CONNECTIONS);
    }

    private void awaitAcknowledged(int goal) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> acknowledged.get() >= goal);
    }

    private void drive(int connection) {
        ApiClient client = clients.get(connection % clients.size());
        Random random = new Random(connection);
        List<String> own = new ArrayList<>();
        wanted.acquireUninterruptibly();
        for (int number = 0; !stopped; number++) {
            Sent last = sendAny(client, "<c%d-%d>".formatted(connection, number), own, random);
            if (last.isAcknowledged()) {
                wanted.acquireUninterruptibly();
            }
        }
    }

    private Sent sendAny(ApiClient client, String marker, List<String> own, Random random) {
        int choice = random.nextInt(10);
        if (choice < 3 || own.isEmpty()) {
            Sent created = create(client, marker, any(statusIds, random));
            if (created.isAcknowledged()) {
                own.add(created.answer().text("task_id"));
            }
            return created;
        }
        String taskId = any(choice < 8 ? own : shared, random);
        return choice % 2 == 0
                ? update(client, taskId, marker)
                : changeStatus(client, taskId, marker, any(statusIds, random));
    }

    private Sent create(ApiClient client, String marker, String statusId) {
        return send(
                client,
                "create",
                marker,
                Map.of(
                        "name",
                        marker,
                        "status_id",
                        statusId,
                        "project_id",
                        "project-1",
                        "task_type_id",
                        taskTypeId,
                        "description",
                        LogWatch.SECRET));
    }

    private Sent update(ApiClient client, String taskId, String marker) {
        return send(
                client,
                "update",
                marker,
                Map.of("task_id", taskId, "name", LogWatch.SECRET + marker, "description", marker));
    }

    private Sent changeStatus(ApiClient client, String taskId, String marker, String statusId) {
        return send(
                client, "change_status", marker, Map.of("task_id", taskId, "status_id", statusId, "assignee", marker));
    }

    private Sent send(ApiClient client, String verb, String marker, Map<String, String> request) {
        Map<String, String> key =
                everySecondHasKeys && hasKey(connection(marker)) ? Map.of("Idempotency-Key", marker) : Map.of();
        Sent done = new Sent(verb, marker, answer(client, verb, request, key));
        sent.add(done);
        if (done.isAcknowledged()) {
            acknowledged.incrementAndGet();
        } else {
            LockSupport.parkNanos(AFTER_A_FAILURE); // as a client does
        }
        return done;
    }

    /** By a request's marker. */
    static int connection(String marker) {
        return Integer.parseInt(marker.substring(2, marker.indexOf('-')));
    }

    static boolean hasKey(int connection) {
        return connection % 2 == 1;
    }

    private static ApiClient.Answer answer(
            ApiClient client, String verb, Map<String, String> request, Map<String, String> headers) {
        try {
            return client.task(verb, request, headers);
        } catch (UncheckedIOException connectionBroke) {
            return null;
        }
    }

    private static String any(List<String> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}
