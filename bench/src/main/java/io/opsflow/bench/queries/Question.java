package io.opsflow.bench.queries;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Something to be asked in two ways. Both take the number of the turn, which chooses the workspace, project and the
 * like that it is about.
 *
 * @param name of its figures, such as {@code list_first_page}
 * @param goal what the ratio of the service's time to that by hand may be; null where nothing is promised
 * @param served through the service
 * @param byHand the best known SQL for exactly this
 */
record Question<A>(
        String name,
        @Nullable Double goal,
        IntFunction<A> served,
        IntFunction<List<Map<String, @Nullable Object>>> byHand,
        Answers<A> answers) {

    private static final int CHECKED_TURNS = 12;

    /** Makes answers of both ways comparable. */
    @FunctionalInterface
    interface Answers<A> {
        boolean agree(A served, List<Map<String, @Nullable Object>> byHand);
    }

    /** A ratio means something only where both ways answer the same. */
    void check() {
        for (int turn = 0; turn < CHECKED_TURNS; turn++) {
            A answer = served.apply(turn);
            List<Map<String, @Nullable Object>> rows = byHand.apply(turn);
            if (!answers.agree(answer, rows)) {
                throw new IllegalStateException(
                        "%s, turn %d: the service answers %s, the SQL by hand %s".formatted(name, turn, answer, rows));
            }
        }
    }
}
