package io.opsflow.queryside.subscription;

import io.micrometer.core.instrument.Counter;
import io.opsflow.api.caller.Caller;
import io.opsflow.web.token.TokenLife;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reader's stream of server-sent events, on the thread that serves it. It reads the past from the log by itself, page
 * by page and as fast as its reader takes it; once it has caught up it lives on what the tail puts into its inbox.
 */
final class Stream {

    /** Why a stream ended, where its reader did not end it. */
    enum End {
        CUT_OFF,
        EXPIRED,
        /** The log is another one. */
        REPLACED,
        STOPPED,
        /** The log could not be read. */
        UNAVAILABLE
    }

    /** What all streams share. */
    record Common(EventPages log, LogTail tail, Duration heartbeat, Clock clock, Counter sent) {}

    private static final long FIRST_WINDOW = 1_000;

    /** An admin's page of nothing reads all that is there: tenths of a second, and then it is others' turn. */
    private static final long WIDEST_WINDOW = 100_000;

    private final Caller caller;
    private final TokenLife token;
    private final Common common;
    private final OutputStream out;
    private final Inbox inbox = new Inbox();

    private long position;
    private long window = FIRST_WINDOW;
    private long lastWritten = System.nanoTime();
    private long lastChecked = System.nanoTime();
    private volatile @Nullable End stopped;

    /** @param position the index behind which it begins */
    Stream(Caller caller, TokenLife token, long position, Common common, OutputStream out) {
        this.caller = caller;
        this.token = token;
        this.position = position;
        this.common = common;
        this.out = out;
    }

    /**
     * Sends until there is a reason to end.
     *
     * @throws IOException where the reader is gone
     */
    End run() throws IOException, InterruptedException {
        writePosition(); // so that a reader who is cut before its first event can resume
        while (true) {
            catchUp(common.tail().complete());
            inbox.reset();
            long start = common.tail().listen(caller, inbox);
            try {
                catchUp(start);
                if (!inbox.isOverflown()) { // else more came meanwhile than an inbox holds, and the log has it all
                    return live();
                }
            } finally {
                common.tail().forget(caller, inbox);
            }
        }
    }

    /** Makes it end; from any thread. */
    void stop(End reason) {
        stopped = reason;
        inbox.wake();
    }

    private void catchUp(long end) throws IOException, InterruptedException {
        while (position < end && reasonToEnd() == null) {
            long upTo = Math.min(end - position, window) + position;
            List<LoggedEvent> page = common.log().pageFor(caller, position, upTo);
            if (page.isEmpty()) {
                position = upTo;
                window = Math.min(window * 2, WIDEST_WINDOW); // a small tenant in a large log: its events lie far apart
            } else {
                if (!send(
                        page.stream().filter(event -> event.isVisibleTo(caller)).toList())) {
                    return; // what it has told is where its reader resumes
                }
                position = Math.max(position, page.getLast().index());
            }
            beat();
        }
    }

    private End live() throws IOException, InterruptedException {
        while (true) {
            End end = reasonToEnd();
            if (end != null) {
                return end;
            }
            inbox.await(untilNextDuty());
            long complete = common.tail().complete(); // before the inbox is emptied: all up to here is in it
            List<LoggedEvent> events = inbox.take();
            if (events == null) {
                return End.CUT_OFF;
            }
            if (send(events)) {
                position = Math.max(position, complete);
            }
            beat();
        }
    }

    /** False where it ended before it had sent them all. */
    private boolean send(List<LoggedEvent> events) throws IOException {
        for (LoggedEvent event : events) {
            if (reasonToEnd() != null) {
                return false;
            }
            if (event.index() > position) {
                out.write(event.frame());
                position = event.index();
                common.sent().increment();
            }
        }
        if (!events.isEmpty()) {
            flush();
        }
        return true;
    }

    private void beat() throws IOException {
        if (sinceWritten().compareTo(common.heartbeat()) >= 0) {
            writePosition();
        }
    }

    /** No event, but an id: readers remember it, and show nothing. */
    private void writePosition() throws IOException {
        out.write("id: %d\n\n".formatted(position).getBytes(StandardCharsets.UTF_8));
        flush();
    }

    private void flush() throws IOException {
        out.flush();
        lastWritten = System.nanoTime();
    }

    /** Stays, once there is one. */
    private @Nullable End reasonToEnd() {
        if (stopped == null && isTokenAtItsEnd()) {
            stopped = End.EXPIRED;
        }
        return stopped;
    }

    private boolean isTokenAtItsEnd() {
        if (!common.clock().instant().isBefore(token.end())) {
            return true;
        }
        if (since(lastChecked).compareTo(common.heartbeat()) < 0) {
            return false;
        }
        lastChecked = System.nanoTime();
        return !token.isAccepted().getAsBoolean();
    }

    private Duration untilNextDuty() {
        Duration untilBeat = common.heartbeat().minus(sinceWritten());
        Duration untilEnd = Duration.between(common.clock().instant(), token.end());
        return untilBeat.compareTo(untilEnd) < 0 ? untilBeat : untilEnd;
    }

    private Duration sinceWritten() {
        return since(lastWritten);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
