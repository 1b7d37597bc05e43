package io.opsflow.queryside.subscription;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.queryside.subscription.EventPages.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a process that follows the event log, up to where it is complete, and gives what is new to all who
 * listen. Where the log is another one it begins anew, and so has everyone who listens: what was given up after a
 * restore is not in the read model that was built since, and other events have its numbers there.
 */
final class LogTail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LogTail.class);

    /** Other processes write the log too, and do not tell. */
    private static final long PAUSE_MILLIS = 50;

    /** It only counts then, so that who comes has little left to count. */
    private static final long PAUSE_MILLIS_WITHOUT_LISTENERS = 1_000;

    private static final long PAUSE_MILLIS_OF_AN_OUTAGE = 500;
    private static final long LONGEST_LOOK_SECONDS = 5;

    private final EventPages eventLog;
    private final Runnable onOther;
    private final BlockingQueue<Boolean> wakeups = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<CompletableFuture<Long>> questions = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("event-log").unstarted(this::run);
    private final ReentrantLock lock = new ReentrantLock();
    private final Audience audience = new Audience();
    private Place place = Place.BEGINNING;
    private volatile boolean isHeard;
    private volatile long complete;
    private boolean failing;

    /** @param onOther is run when the log is another one than the one that was read */
    LogTail(EventPages eventLog, Runnable onOther) {
        this.eventLog = eventLog;
        this.onOther = onOther;
    }

    LogTail start() {
        thread.start();
        return this;
    }

    /** Every event up to here was given to whoever listened. */
    long complete() {
        return complete;
    }

    /**
     * Up to where the log is complete at this moment.
     *
     * @throws ApiException ERROR_UNAVAILABLE where the database does not tell in time
     */
    long now() throws InterruptedException {
        CompletableFuture<Long> answer = new CompletableFuture<>();
        questions.add(answer);
        wake();
        try {
            return answer.get(LONGEST_LOOK_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            questions.remove(answer);
            throw ApiException.unavailable("The event log cannot be read at the moment; try again.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody fails it
        }
    }

    /** From now on, what the caller may see goes into this inbox: all that comes behind the index that is returned. */
    long listen(Caller caller, Inbox inbox) {
        lock.lock();
        try {
            audience.add(caller, inbox);
            isHeard = true;
            wake();
            return complete;
        } finally {
            lock.unlock();
        }
    }

    void forget(Caller caller, Inbox inbox) {
        lock.lock();
        try {
            audience.remove(caller, inbox);
            isHeard = !audience.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Something was added to the log, which concerns nobody but those who listen. */
    void changed() {
        if (isHeard) {
            wake();
        }
    }

    private void wake() {
        boolean unused = wakeups.offer(true); // one that stands there already wakes just as well
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                if (failing) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS_OF_AN_OUTAGE);
                } else {
                    wakeups.poll(isHeard ? PAUSE_MILLIS : PAUSE_MILLIS_WITHOUT_LISTENERS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void look() {
        List<CompletableFuture<Long>> asked = new ArrayList<>(questions); // what is asked later wants a later look
        try {
            follow();
            failing = false;
            questions.removeAll(asked);
            asked.forEach(question -> question.complete(complete));
        } catch (RuntimeException e) { // of whatever kind: there is nobody else to look
            if (!failing) {
                log.warn("the event log cannot be read; trying again until it can", e);
            }
            failing = true;
        }
    }

    private void follow() {
        Place from;
        do {
            from = place;
            Optional<Place> next = eventLog.completeAfter(from);
            if (next.isEmpty()) {
                beginAnew();
                return;
            }
            if (!skip(next.get().index())) {
                tell(next.get().index());
            }
            place = next.get();
        } while (!place.equals(from));
    }

    /** Counts what is there; nobody is told, as those who listen have read another log. */
    private void beginAnew() {
        Place end = Place.BEGINNING;
        Place from;
        do {
            from = end;
            end = eventLog.completeAfter(from).orElse(Place.BEGINNING);
        } while (!end.equals(from));
        log.warn(
                "the event log is another one than was read up to event {}, complete up to event {}",
                complete,
                end.index());
        lock.lock();
        try {
            complete = end.index();
        } finally {
            lock.unlock();
        }
        place = end;
        onOther.run();
    }

    /** Nobody listens: what is there is only counted. */
    private boolean skip(long next) {
        lock.lock();
        try {
            if (audience.isEmpty()) {
                complete = next;
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void tell(long next) {
        while (complete < next) {
            List<LoggedEvent> page = eventLog.page(complete, next);
            lock.lock();
            try {
                page.forEach(audience::tell);
                complete = page.isEmpty() ? next : page.getLast().index();
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
