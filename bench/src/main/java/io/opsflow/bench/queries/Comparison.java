package io.opsflow.bench.queries;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Goal;
import io.opsflow.bench.report.Spread;
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
public record Comparison(Duration warmUp, Duration longest, int turns) {

    /** Long enough for ratios to settle: about 5 minutes for all questions. */
    public static final Comparison THOROUGH = new Comparison(Duration.ofSeconds(6), Duration.ofSeconds(20), 1_000);

    private static final int FEWEST = 30;

    /** Milliseconds an answer, and the ratio of the two times of each turn. */
    record Outcome(Question<?> question, Figure served, Figure byHand, Figure ratio) {

        List<Figure> figures() {
            return List.of(ratio, served, byHand);
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
        String name = question.name();
        Goal goal = question.goal() == null ? null : Goal.atMost(question.goal());
        return new Outcome(
                question,
                new Figure(name + "_served", Spread.of(taken.stream().mapToDouble(Turn::served)), "ms"),
                new Figure(name + "_by_hand", Spread.of(taken.stream().mapToDouble(Turn::byHand)), "ms"),
                new Figure(name + "_ratio", Spread.of(taken.stream().mapToDouble(Turn::ratio)), "ratio", goal));
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
