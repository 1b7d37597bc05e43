package io.opsflow.bench.commands;

import io.opsflow.bench.report.Figure;
import io.opsflow.bench.report.Goal;
import io.opsflow.bench.report.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All ways in turns: a turn has every way work once, every other turn in the opposite order. A ratio is that of a turn,
 * so what slows the machine down slows both of its sides.
 */
record Race(Crew plain, Crew inProcess, Crew overHttp, Crew stockJpa) {

    /** Commands a second of each way, and what those in process took in memory. */
    record Lap(
            double plain,
            double inProcess,
            double overHttp,
            double stockJpa,
            double allocated,
            double allocatedInAll,
            double millisBehind) {}

    void warmUp(Effort effort) throws Exception {
        for (Crew crew : List.of(plain, inProcess, overHttp, stockJpa)) {
            crew.warmUp(effort.warmUp(), effort.warmUps());
        }
    }

    List<Lap> run(Duration turn, int turns) throws Exception {
        List<Lap> laps = new ArrayList<>();
        for (int i = 0; i < turns; i++) {
            laps.add(i % 2 == 0 ? forward(turn) : backward(turn));
        }
        return laps;
    }

    private Lap forward(Duration turn) throws Exception {
        double plainly = plain.work(turn).perSecond();
        Measured measured = measured(turn);
        double asked = overHttp.work(turn).perSecond();
        return measured.lap(plainly, asked, stockJpa.work(turn).perSecond());
    }

    private Lap backward(Duration turn) throws Exception {
        double stock = stockJpa.work(turn).perSecond();
        double asked = overHttp.work(turn).perSecond();
        Measured measured = measured(turn);
        return measured.lap(plain.work(turn).perSecond(), asked, stock);
    }

    private Measured measured(Duration time) throws Exception {
        Allocation before = Allocation.now();
        Crew.Turn turn = inProcess.work(time);
        Allocation after = Allocation.now();
        return new Measured(turn, after.onTheWaySince(before), after.inAllSince(before));
    }

    private record Measured(Crew.Turn turn, long allocated, long allocatedInAll) {
        Lap lap(double plain, double overHttp, double stockJpa) {
            return new Lap(
                    plain,
                    turn.perSecond(),
                    overHttp,
                    stockJpa,
                    (double) allocated / turn.commands(),
                    (double) allocatedInAll / turn.commands(),
                    turn.nanosBehind() / 1e6);
        }
    }

    static List<Figure> figures(List<Lap> laps) {
        return List.of(
                new Figure(
                        "commands_in_process_ratio",
                        spread(laps, lap -> lap.inProcess() / lap.plain()),
                        "ratio",
                        Goal.atLeast(0.6)),
                new Figure(
                        "commands_http_ratio",
                        spread(laps, lap -> lap.overHttp() / lap.plain()),
                        "ratio",
                        Goal.atLeast(0.5)),
                new Figure(
                        "commands_vs_stock_jpa",
                        spread(laps, lap -> lap.inProcess() / lap.stockJpa()),
                        "ratio",
                        Goal.atLeast(4)),
                new Figure("commands_plain_per_s", spread(laps, Lap::plain), "1/s"),
                new Figure("commands_in_process_per_s", spread(laps, Lap::inProcess), "1/s"),
                new Figure(CommandBench.HTTP_PER_SECOND, spread(laps, Lap::overHttp), "1/s"),
                new Figure("commands_stock_jpa_per_s", spread(laps, Lap::stockJpa), "1/s"),
                new Figure("commands_allocated", spread(laps, Lap::allocated), "bytes"),
                new Figure("commands_allocated_in_all", spread(laps, Lap::allocatedInAll), "bytes"),
                new Figure("commands_followers_behind", spread(laps, Lap::millisBehind), "ms"));
    }

    private static Spread spread(List<Lap> laps, ToDoubleFunction<Lap> value) {
        return Spread.of(laps.stream().mapToDouble(value));
    }
}
