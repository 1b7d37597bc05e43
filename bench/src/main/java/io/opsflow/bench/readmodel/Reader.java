package io.opsflow.bench.readmodel;

import io.opsflow.bench.server.HttpConnection;
import java.io.IOException;
import java.time.Duration;

/**
 * Has {@code get} answer a write as soon as it can be read: it waits for it by itself, so that a wait costs the machine
 * one read and not many.
 *
 * @param port of a query side
 * @param token of somebody who may see what is written
 */
record Reader(int port, String token) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int FOUND = 200;

    /** It did not come while a read waits at most; or the query side is overrun. The reader's wait counts all the same. */
    private static final int TO_BE_TRIED_AGAIN = 503;

    /** Before that: an overrun query side answers at once, and shall not be asked the more for it. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final String QUESTION = """
            {"task_id": "%s"}""";

    /**
     * Returns when the task has been read at this version or a later one.
     *
     * @return how many reads it took
     * @throws IllegalStateException for another answer, and after two minutes
     */
    long await(String taskId, long version) throws IOException, InterruptedException {
        long began = System.nanoTime();
        String question = QUESTION.formatted(taskId);
        String write = taskId + "@" + version;
        try (HttpConnection connection = new HttpConnection(port, token)) {
            for (long reads = 1; ; reads++) {
                HttpConnection.Answer answer = connection.tryPost("/opsflow/v1/task/get", question, write);
                if (answer.status() == FOUND && answer.version() >= version) {
                    return reads;
                }
                long waited = System.nanoTime() - began;
                if (answer.status() != TO_BE_TRIED_AGAIN || waited > PATIENCE.toNanos()) {
                    throw new IllegalStateException("%s is not to be read after %d ms: %d %s"
                            .formatted(write, waited / 1_000_000, answer.status(), answer.body()));
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
