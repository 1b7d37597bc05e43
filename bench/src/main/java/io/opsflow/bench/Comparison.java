package io.opsflow.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Two ways to the same answer, measured in turns. A turn asks twice, each time in both ways: once the service comes
 * first, once the SQL by hand, as whoever comes second finds the caches warm. What else happens on the machine meets
 * both alike.
 *
 * @param warmUp how long turns are not counted
 * @param longest after which no further turn is begun, once there are {@link #FEWEST}
 * @param turns at most
 */
record Comparison(Duration warmUp, Duration longest, int turns) {

    private static final int FEWEST = 30;

    /** Milliseconds an answer, and the ratio of the two times of each turn. */
    record Outcome(Question<?> question, Spread served, Spread byHand, Spread ratio) {

        boolean missesItsGoal() {
            return question.goal() != null && ratio.median() > question.goal();
        }
    }

    private record Turn(double served, double byHand) {

        Turn and(Turn other) {
            return new Turn((served + other.served) / 2, (byHand + other.byHand) / 2);
        }

        double ratio() {
            return served / byHand;
        }
    }

    Outcome of(Question<?> question) {
        question.check();
        long warm = System.nanoTime() + warmUp.toNanos();
        int number = 0;
        do {
            take(number++, question);
        } while (System.nanoTime() < warm);

        List<Turn> taken = new ArrayList<>();
        long end = System.nanoTime() + longest.toNanos();
        while (taken.size() < turns && (taken.size() < FEWEST || System.nanoTime() < end)) {
            taken.add(take(number++, question));
        }
        return new Outcome(
                question,
                Spread.of(taken.stream().mapToDouble(Turn::served)),
                Spread.of(taken.stream().mapToDouble(Turn::byHand)),
                Spread.of(taken.stream().mapToDouble(Turn::ratio)));
    }

    private static Turn take(int number, Question<?> question) {
        Runnable served = () -> question.served().apply(number);
        Runnable byHand = () -> question.byHand().apply(number);
        Turn servedFirst = new Turn(millis(served), millis(byHand));
        // Of another project, so that it starts as cold.
        int other = number + Dataset.PROJECTS / 2 + 1;
        double byHandFirst = millis(() -> question.byHand().apply(other));
        return servedFirst.and(new Turn(millis(() -> question.served().apply(other)), byHandFirst));
    }

    private static double millis(Runnable way) {
        long begin = System.nanoTime();
        way.run();
        return (System.nanoTime() - begin) / 1e6;
    }
}
