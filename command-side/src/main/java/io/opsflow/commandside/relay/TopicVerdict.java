package io.opsflow.commandside.relay;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known on this process of the topic and the store, and who waits for it. Told by {@link TopicGuard}. */
final class TopicVerdict {

    private static final Logger log = LoggerFactory.getLogger(TopicVerdict.class);

    /**
     * @param number one a look
     * @param problem why the relay must not go on; null where it may
     * @param topicId of the topic that was looked at; null where there is none, or nobody looked
     */
    record Known(
            long number, @Nullable String problem, @Nullable String topicId) {}

    private @Nullable Known known;
    private @Nullable String doubt;
    private long numbers;
    private long asked;
    private @Nullable Throwable obstacle;
    private boolean closed;

    /**
     * Waits until it is known that the relay may go on.
     *
     * @return the number of the look that said so
     * @throws IllegalStateException where it must not, or when this is closed meanwhile
     */
    synchronized long await() throws InterruptedException {
        while (known == null && !closed) {
            wait();
        }
        if (known == null) {
            throw new IllegalStateException("the relay has been stopped");
        }
        if (known.problem != null) {
            throw new IllegalStateException(known.problem);
        }
        return known.number;
    }

    /** What was known counts no more. */
    synchronized void askAgain() {
        asked++;
        known = null;
        notifyAll();
    }

    /** Why the relay stands still; null where it does not, or where that is not known. */
    synchronized @Nullable String problem() {
        return known == null ? null : known.problem;
    }

    /** Why nothing is appended, as this process has seen it last; null where nothing speaks against it. */
    synchronized @Nullable String doubt() {
        return doubt;
    }

    synchronized Optional<Known> known() {
        return Optional.ofNullable(known);
    }

    /** To be asked for before a look, whose answer is one to this. */
    synchronized long question() {
        return asked;
    }

    /** What was asked again meanwhile is not answered by this. */
    synchronized void conclude(long question, @Nullable String problem, @Nullable String topicId) {
        if (question != asked) {
            return;
        }
        if (problem != null && !problem.equals(problem())) {
            log.error("The relay stands still: {}", problem);
        }
        numbers++;
        known = new Known(numbers, problem, topicId);
        notifyAll();
    }

    synchronized void doubt(@Nullable String reason) {
        doubt = reason;
    }

    /**
     * How a look at both went.
     *
     * @param why it could not be taken; null where it was
     * @return whether the one before went another way
     */
    synchronized boolean reached(@Nullable Throwable why) {
        boolean isNew = kind(obstacle) != kind(why);
        obstacle = why;
        notifyAll();
        return isNew;
    }

    /** Why the last look at both could not be taken; null where it was. */
    synchronized @Nullable Throwable obstacle() {
        return obstacle;
    }

    private static @Nullable Class<?> kind(@Nullable Throwable why) {
        return why == null ? null : why.getClass();
    }

    /** Waits for the first look, until its end at most. */
    synchronized void awaitFirst(Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (known == null && obstacle == null && System.nanoTime() < deadline) {
            wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
    }

    /** Waits before the next look, unless somebody waits for it. */
    synchronized void pause(Duration pause) throws InterruptedException {
        boolean isAskedAgain = known == null && obstacle == null;
        if (!closed && !isAskedAgain) {
            wait(pause.toMillis());
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Lets go of whoever waits. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
