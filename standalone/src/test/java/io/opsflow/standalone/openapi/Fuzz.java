package io.opsflow.standalone.openapi;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends a service requests made from its description, over several connections, and holds each answer against what is
 * described. Request number n is made from seed and n alone, but for the ids that the service has made until then.
 */
public final class Fuzz {

    /** What is described of a member alone: not that of all conditions of a query, nor of a header. */
    private static final Pattern PAST_A_LIMIT = Pattern.compile("at most (?!\\d+ conditions a query)(?!\\d+ changes)");

    /** A key for repeats that many of its requests carry. */
    public static final String KEY = HeaderValues.KEY;

    private static final int CONNECTIONS = 4;
    private static final int MOST_SHOWN = 50;

    /** Of ten thousand requests to those verbs that are no everyday business; the others share what is left. */
    private static final Map<String, Integer> RARE = Map.of(
            "/admin/read-model/rebuild", 3,
            "/admin/event-store/verify", 3,
            "/opsflow/v1/task/subscribe", 100,
            "/actuator/prometheus", 20,
            "/v3/api-docs", 20);

    private static final int OF_OPERATION = 50;

    private final URI address;
    private final FuzzTokens tokens;
    private final Vocabulary vocabulary = new Vocabulary();
    private final ApiDocument document = ApiDocument.published();
    private final List<Planned> plan = Planned.all(document);
    private final List<Operation> everyday = new ArrayList<>();
    private final Map<Operation, Integer> rare = new LinkedHashMap<>();
    private final Map<String, AtomicIntegerArray> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> kinds = new ConcurrentSkipListMap<>();
    private final AtomicInteger limitsNamed = new AtomicInteger();
    private final Map<String, Finding> findings = new ConcurrentSkipListMap<>();

    private record Finding(int count, String text) {}

    /**
     * @param categoryId and
     * @param taskTypeId that are there for all of the run, with the statuses of the examples
     */
    public Fuzz(URI address, FuzzTokens tokens, String domainId, String categoryId, String taskTypeId) {
        this.address = address;
        this.tokens = tokens;
        vocabulary.stayWith("domain_id", domainId);
        vocabulary.stayWith("category_id", categoryId);
        vocabulary.stayWith("task_type_id", taskTypeId);
        for (Operation operation : document.operations()) {
            if (RARE.containsKey(operation.path())) {
                rare.put(operation, RARE.get(operation.path()));
            } else if (operation.path().startsWith("/opsflow/")) {
                everyday.add(operation);
            } else {
                rare.put(operation, OF_OPERATION);
            }
        }
    }

    /** Returns what was wrong, with a command for each; nothing where all was well. */
    public List<String> run(int requests, long seed) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                ends.add(connections.submit(() -> work(next, requests, seed)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the run itself failed", e);
        }
        return findings.values().stream()
                .map(finding -> "%d times: %s".formatted(finding.count(), finding.text()))
                .toList();
    }

    /** By operation: how many answers of the classes 2xx, 3xx, 4xx and 5xx there were to requests made from it. */
    public Map<String, List<Integer>> answers() {
        Map<String, List<Integer>> counts = new TreeMap<>();
        answers.forEach((operation, classes) -> counts.put(
                operation, IntStream.of(2, 3, 4, 5).mapToObj(classes::get).toList()));
        return counts;
    }

    /** How many requests there were of each kind that there is. */
    public Map<String, Integer> kinds() {
        Map<String, Integer> counts = new TreeMap<>();
        Stream.<Enum<?>>concat(Stream.of(Kind.values()), Stream.of(Change.values()))
                .forEach(kind -> counts.put(kind.name(), 0));
        kinds.forEach((kind, count) -> counts.put(kind, count.get()));
        counts.remove(Kind.ANY_CHANGE.name()); // which is counted by the change
        return counts;
    }

    /** How many requests were refused in the words by which it is seen that a limit is too low. */
    public int limitsNamed() {
        return limitsNamed.get();
    }

    private void work(AtomicInteger next, int requests, long seed) {
        RawConnection connection = null;
        for (int number = next.getAndIncrement();
                number < requests && findings.size() < MOST_SHOWN;
                number = next.getAndIncrement()) {
            Random random = new Random(seed * 1_000_003 + number);
            // The plan comes last: by then there is something to be changed and found.
            int place = number - (requests - plan.size());
            Operation operation =
                    place < 0 ? operation(random) : plan.get(place).operation();
            RequestMaker maker = new RequestMaker(operation, vocabulary, tokens, random);
            RequestMaker.Made made = place < 0 ? maker.make() : maker.make(plan.get(place));
            connection = exchange(connection, operation, made, number);
        }
        close(connection);
    }

    private @Nullable RawConnection exchange(
            @Nullable RawConnection connection, Operation operation, RequestMaker.Made made, int number) {
        RawConnection used = connection;
        try {
            used = connection != null ? connection : new RawConnection(address);
            Answered answer = used.send(made.request());
            judge(operation, made, answer, number);
            if (used.isOpen()) {
                return used;
            }
        } catch (IOException e) {
            find(made, number, "the connection was lost: " + e.getMessage());
        }
        close(used);
        return null;
    }

    private void judge(Operation operation, RequestMaker.Made made, Answered answer, int number) {
        answers.computeIfAbsent(operation.toString(), __ -> new AtomicIntegerArray(6))
                .incrementAndGet(answer.status() / 100);
        kinds.computeIfAbsent(made.kind().name(), __ -> new AtomicInteger()).incrementAndGet();
        boolean namesALimit =
                answer.status() == 400 && PAST_A_LIMIT.matcher(answer.body()).find();
        if (namesALimit) {
            limitsNamed.incrementAndGet();
        }
        answer.contradiction().ifPresent(why -> find(made, number, said(answer) + why));
        if (answer.status() >= 500 && !isWaitGivenUp(made, answer)) {
            find(made, number, said(answer));
        }
        if (made.expected() == RequestMaker.Expected.REFUSED && answer.status() < 400) {
            find(made, number, said(answer) + "the description does not allow this");
        }
        if (made.expected() == RequestMaker.Expected.WITHIN_LIMITS && namesALimit) {
            find(made, number, said(answer) + "the description allows as much");
        }
        if (answer.status() == 200 && answer.isJson()) {
            vocabulary.remember(operation, Json.mapper().readTree(answer.body()));
        }
    }

    /** The one 503 of a service that lacks nothing: what was to be waited for did not come. */
    private static boolean isWaitGivenUp(RequestMaker.Made made, Answered answer) {
        return answer.status() == 503
                && made.request().headers().stream().anyMatch(header -> header.startsWith("Opsflow-Consistent-With: "));
    }

    private static String said(Answered answer) {
        String body = answer.body();
        return "%d %s: ".formatted(answer.status(), body.substring(0, Math.min(300, body.length())));
    }

    /** Of the same problem the first is told, and how many there were. */
    private void find(RequestMaker.Made made, int number, String problem) {
        String kind = made.request().path() + " " + problem.replaceAll("[0-9a-f]{12}|[0-9]{4,}", "_");
        findings.merge(
                kind,
                new Finding(
                        1,
                        "request %d (%s)\n  %s\n  %s"
                                .formatted(
                                        number,
                                        made.request().what(),
                                        problem,
                                        made.request().asCurl(address.toString()))),
                (first, again) -> new Finding(first.count() + 1, first.text()));
    }

    private Operation operation(Random random) {
        int chance = random.nextInt(10_000);
        for (Map.Entry<Operation, Integer> each : rare.entrySet()) {
            chance -= each.getValue();
            if (chance < 0) {
                return each.getKey();
            }
        }
        return Vocabulary.any(everyday, random);
    }

    private static void close(@Nullable RawConnection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
