package io.opsflow.queryside.subscription;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What was read for a stream and is not yet sent. It holds so much and no more: a stream whose reader does not keep up
 * loses all of it and has to read the log again.
 */
final class Inbox {

    private static final int MOST_EVENTS = 1_000;
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition something = lock.newCondition();
    private List<LoggedEvent> events = new ArrayList<>();
    private long bytes;
    private boolean overflown;
    private boolean woken;

    /** Never waits. */
    void put(LoggedEvent event) {
        lock.lock();
        try {
            if (overflown) {
                return;
            }
            events.add(event);
            bytes += event.size();
            if (events.size() > MOST_EVENTS || bytes > MOST_BYTES && events.size() > 1) {
                overflown = true;
                events = new ArrayList<>();
            }
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait of {@link #await}. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            something.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is something to do, at most for this time. */
    void await(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (events.isEmpty() && !overflown && !woken && left > 0) {
                left = something.awaitNanos(left);
            }
            woken = false;
        } finally {
            lock.unlock();
        }
    }

    /** Takes out all events; null where they were lost. */
    @Nullable
    List<LoggedEvent> take() {
        lock.lock();
        try {
            if (overflown) {
                return null;
            }
            List<LoggedEvent> taken = events;
            events = new ArrayList<>();
            bytes = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    boolean isOverflown() {
        lock.lock();
        try {
            return overflown;
        } finally {
            lock.unlock();
        }
    }

    /** Empty, and ready for more. */
    void reset() {
        lock.lock();
        try {
            events = new ArrayList<>();
            bytes = 0;
            overflown = false;
        } finally {
            lock.unlock();
        }
    }
}
