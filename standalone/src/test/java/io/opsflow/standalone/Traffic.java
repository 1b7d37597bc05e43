package io.opsflow.standalone;

import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Clients at work, with the pauses that people make. Each ends with the first thing that goes otherwise than it should. */
final class Traffic implements AutoCloseable {

    static final int CLIENTS = 6;

    private static final long PAUSE = Duration.ofMillis(40).toNanos();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ApiClient client;
    private final Kind kind;
    private final String taskTypeId;
    private final List<String> statusIds;
    private final List<Thread> threads;
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong longestRead = new AtomicLong();
    private volatile boolean stopped;

    private enum Kind {
        ROUND_TRIPS,
        WRITES,
        LISTS
    }

    private Traffic(ApiClient client, Kind kind, String taskTypeId, List<String> statusIds) {
        this.client = client;
        this.kind = kind;
        this.taskTypeId = taskTypeId;
        this.statusIds = statusIds;
        this.threads = IntStream.range(0, CLIENTS)
                .mapToObj(number -> Thread.ofPlatform().start(() -> drive(number)))
                .toList();
    }

    /** Each creates a task, changes it, and reads it back as fresh as it was written. */
    static Traffic ofRoundTrips(ApiClient gateway, String taskTypeId, List<String> statusIds) {
        return new Traffic(gateway, Kind.ROUND_TRIPS, taskTypeId, statusIds);
    }

    /** To one process of the command side; a client ends when it is refused a connection, which is no problem. */
    static Traffic ofWrites(ApiClient commandSide, String taskTypeId, List<String> statusIds) {
        return new Traffic(commandSide, Kind.WRITES, taskTypeId, statusIds);
    }

    static Traffic ofLists(ApiClient gateway) {
        return new Traffic(gateway, Kind.LISTS, "", List.of());
    }

    void awaitRounds(int more) {
        int goal = rounds.get() + more;
        await().atMost(PATIENCE)
                .until(() -> rounds.get() >= goal || threads.stream().noneMatch(Thread::isAlive));
    }

    /** How many clients have ended because they were refused a connection. */
    int refused() {
        return refused.get();
    }

    /** The longest that anybody had to wait for his own change, since this was asked last. */
    Duration longestRead() {
        return Duration.ofNanos(longestRead.getAndSet(0));
    }

    /** Whatever went wrong, once all have ended. */
    List<String> problems() throws InterruptedException {
        close();
        for (Thread thread : threads) {
            if (!thread.join(PATIENCE)) {
                problems.add("a client got no answer");
            }
        }
        return List.copyOf(problems);
    }

    @Override
    public void close() {
        stopped = true;
    }

    private void drive(int number) {
        try {
            for (int round = 0; !stopped; round++) {
                round("%s %s of client %d".formatted(LogWatch.SECRET, kind, number), round % 2 == 0);
                rounds.incrementAndGet();
            }
        } catch (UncheckedIOException e) {
            if (kind == Kind.WRITES && e.getCause() instanceof ConnectException) {
                refused.incrementAndGet();
            } else {
                problems.add("client %d: %s".formatted(number, e.getCause()));
            }
        } catch (RuntimeException | AssertionError e) { // an answer that is not as it is described
            problems.add("client %d: %s".formatted(number, e));
        }
    }

    private void round(String name, boolean keyed) {
        if (kind == Kind.LISTS) {
            LockSupport.parkNanos(PAUSE);
            expect200("list", client.task("list", Map.of("query", Map.of("page", Map.of("limit", 10)))));
            return;
        }
        var created = write(
                "create",
                Map.of(
                        "name",
                        name,
                        "status_id",
                        statusIds.getFirst(),
                        "project_id",
                        "project-1",
                        "task_type_id",
                        taskTypeId),
                keyed ? Map.of("Idempotency-Key", UUID.randomUUID().toString()) : Map.of());
        String id = created.text("task_id");
        write("update", Map.of("task_id", id, "name", name + " renamed", "assignee", "kim"), Map.of());
        var changed = write("change_status", Map.of("task_id", id, "status_id", statusIds.getLast()), Map.of());
        if (kind == Kind.ROUND_TRIPS) {
            read("get", Map.of("task_id", id), changed, Json.write(changed.body()));
            read("list", Map.of("task_id", id, "query", Map.of("count_only", true)), changed, "\"total_count\":1");
        }
    }

    private ApiClient.Answer write(String verb, Map<String, ?> request, Map<String, String> headers) {
        LockSupport.parkNanos(PAUSE);
        return expect200(verb, client.task(verb, request, headers));
    }

    private void read(String verb, Map<String, ?> request, ApiClient.Answer change, String content) {
        long start = System.nanoTime();
        var answer = expect200(
                verb,
                client.task(
                        verb, request, Map.of("Opsflow-Consistent-With", change.header("Opsflow-Consistent-With"))));
        longestRead.accumulateAndGet(System.nanoTime() - start, Math::max);
        if (!Json.write(answer.body()).contains(content)) {
            throw new IllegalStateException("%s read %s".formatted(verb, answer.body()));
        }
    }

    private static ApiClient.Answer expect200(String verb, ApiClient.Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("%s got %d %s".formatted(verb, answer.status(), answer.body()));
        }
        return answer;
    }
}
