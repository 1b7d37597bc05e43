package io.opsflow.queryside.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.web.room.Shares;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Who queries next while all connections are taken: the domain with the fewest queries under way, in it the user with the
 * fewest, and of one user's the query that has waited the longest. Whoever is alone may take them all; nobody waits behind
 * everything that somebody else has asked for.
 */
final class Turns {

    private static final class Turn {

        private final Shares.User user;
        private final Condition given;
        private boolean isGiven;

        private Turn(Shares.User user, Condition given) {
            this.user = user;
            this.given = given;
        }
    }

    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Turn> waiting = new LinkedHashSet<>();
    private final Shares underWay = new Shares();
    private final Counter waitedInVain;
    private int free;

    /**
     * @param connections how many queries may be under way
     * @param patience how long one waits for its turn
     */
    Turns(int connections, Duration patience, MeterRegistry meters) {
        this.free = connections;
        this.patience = patience;
        this.waitedInVain = Counter.builder("opsflow.query.waited.in.vain")
                .description("queries that waited for their turn in vain")
                .register(meters);
        Gauge.builder("opsflow.query.waiting", this, Turns::waiting)
                .description("queries that wait for their turn")
                .register(meters);
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs the query when it is its turn.
     *
     * @throws ApiException 503 where its turn does not come in time
     */
    <T> T run(Caller caller, Supplier<T> query) {
        Shares.User user = Shares.User.of(caller);
        begin(user);
        try {
            return query.get();
        } finally {
            end(user);
        }
    }

    private void begin(Shares.User user) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                underWay.add(user, 1);
                return;
            }
            Turn turn = new Turn(user, lock.newCondition());
            waiting.add(turn);
            try {
                await(turn);
            } finally {
                waiting.remove(turn);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The service is stopping.");
        } finally {
            lock.unlock();
        }
    }

    private void await(Turn turn) throws InterruptedException {
        long left = patience.toNanos();
        while (!turn.isGiven) {
            if (left <= 0) {
                waitedInVain.increment();
                throw ApiException.unavailable("Too many queries are under way; try again later.");
            }
            try {
                left = turn.given.awaitNanos(left);
            } catch (InterruptedException e) {
                if (turn.isGiven) {
                    giveBack(turn.user);
                }
                throw e;
            }
        }
    }

    private void end(Shares.User user) {
        lock.lock();
        try {
            giveBack(user);
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(Shares.User user) {
        underWay.add(user, -1);
        free++;
        waiting.stream()
                .filter(turn -> !turn.isGiven)
                .min(Comparator.<Turn>comparingLong(turn -> underWay.ofDomain(turn.user))
                        .thenComparingLong(turn -> underWay.of(turn.user)))
                .ifPresent(next -> {
                    free--;
                    underWay.add(next.user, 1);
                    next.isGiven = true;
                    next.given.signal();
                });
    }
}
