package io.opsflow.bench;

import java.time.Duration;
import java.util.List;

/**
 * Two ways to the same answer, measured turn by turn: each turn goes both ways, and which comes first alternates, so
 * that caches, collections and neighbours on the machine meet both alike.
 *
 * @param warmUp how long turns are not counted
 * @param longest after which no further turn is begun, once there are {@link #FEWEST}
 * @param turns at most
 */
record Comparison(Duration warmUp, Duration longest, int turns) {

    private static final int FEWEST = 30;

    /**
     * Milliseconds a turn, and the ratio of the two times of one turn.
     *
     * @param profile where the time goes, in words
     */
    record Outcome(Question<?> question, Spread served, Spread byHand, Spread ratio, List<String> profile) {

        boolean missesItsGoal() {
            return question.goal() != null && ratio.median() > question.goal();
        }
    }

    private record Turn(double served, double byHand) {}

    Outcome of(Question<?> question) {
        question.check();
        long warm = System.nanoTime() + warmUp.toNanos();
        int turn = 0;
        do {
            take(turn++, question);
        } while (System.nanoTime() < warm);

        List<Turn> taken = new java.util.ArrayList<>();
        long end = System.nanoTime() + longest.toNanos();
        while (taken.size() < turns && (taken.size() < FEWEST || System.nanoTime() < end)) {
            taken.add(take(taken.size(), question));
        }
        return new Outcome(
                question,
                Spread.of(taken.stream().mapToDouble(Turn::served).toArray()),
                Spread.of(taken.stream().mapToDouble(Turn::byHand).toArray()),
                Spread.of(taken.stream()
                        .mapToDouble(each -> each.served / each.byHand)
                        .toArray()),
                List.of());
    }

    private static Turn take(int turn, Question<?> question) {
        if (turn % 2 == 0) {
            double served = millis(() -> question.served().apply(turn));
            return new Turn(served, millis(() -> question.byHand().apply(turn)));
        }
        double byHand = millis(() -> question.byHand().apply(turn));
        return new Turn(millis(() -> question.served().apply(turn)), byHand);
    }

    private static double millis(Runnable way) {
        long begin = System.nanoTime();
        way.run();
        return (System.nanoTime() - begin) / 1e6;
    }
}
