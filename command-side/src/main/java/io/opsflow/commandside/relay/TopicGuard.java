package io.opsflow.commandside.relay;

import io.opsflow.commandside.eventstore.HeadMemory;
import io.opsflow.commandside.eventstore.StoreTrust;
import io.opsflow.commandside.relay.TopicCheck.Finding;
import io.opsflow.commandside.relay.TopicCheck.Kind;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps a node from going on where the topic and the store do not belong together, in a thread of its own. It looks
 * before anything is appended or sent, again where the relay asks for it, and now and then: into the store every second,
 * at the topic's id every five. A topic that lost something stops the relay; one that is ahead puts the store in doubt.
 */
final class TopicGuard implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicGuard.class);

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int LOOKS_A_TOPIC = 5;

    /** For the first look, while no request is answered. A broker that is away ends it sooner. */
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    /** What is known; null while nothing is. */
    private record Verdict(
            long number, @Nullable String problem, @Nullable String topicId) {}

    private final RelaySettings settings;
    private final TopicCheck check;
    private final RelayTopics topics;
    private final StoreTrust store;
    private final HeadMemory memory;
    private final RelaySwitch relay;

    private @Nullable Thread thread;
    private @Nullable Verdict verdict;
    private @Nullable String doubt;
    private long verdicts;
    private long asked;
    private int looks;
    private boolean isUnreachable;
    private boolean closed;

    TopicGuard(
            RelaySettings settings,
            TopicCheck check,
            RelayTopics topics,
            StoreTrust store,
            HeadMemory memory,
            RelaySwitch relay) {
        this.settings = settings;
        this.check = check;
        this.topics = topics;
        this.store = store;
        this.memory = memory;
        this.relay = relay;
    }

    /**
     * Waits until it is known that the relay may go on.
     *
     * @return the number of the look that said so
     * @throws IllegalStateException where it must not, or when this is closed meanwhile
     */
    synchronized long await() throws InterruptedException {
        while (verdict == null && !closed) {
            wait();
        }
        if (verdict == null) {
            throw new IllegalStateException("the relay has been stopped");
        }
        if (verdict.problem != null) {
            throw new IllegalStateException(verdict.problem);
        }
        return verdict.number;
    }

    /** What was known counts no more. */
    synchronized void askAgain() {
        asked++;
        verdict = null;
        notifyAll();
    }

    /** Why the relay stands still; null where it does not, or where that is not known. */
    synchronized @Nullable String problem() {
        return verdict == null ? null : verdict.problem;
    }

    /** Why nothing is appended, as this node has seen it last; null where nothing speaks against it. */
    synchronized @Nullable String doubt() {
        return doubt;
    }

    private void run() {
        try (Admin admin = Topic.admin(settings)) {
            while (!isClosed()) {
                look(admin);
                pause();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Admin admin) throws InterruptedException {
        long question = question();
        try {
            doubt(memory.look(store).doubt());
            String doubted = doubt();
            if (doubted != null) {
                conclude(question, doubted, null);
            } else if (mustLookAtTheTopic(admin)) {
                judge(question, check.look(admin));
            }
            relay.turn(problem() == null);
            reached(true);
        } catch (DataAccessException | TransactionException | KafkaException e) {
            if (reached(false)) {
                log.warn("The topic {} cannot be held against the store yet: {}", settings.topic(), e.getMessage());
            }
        }
    }

    private boolean mustLookAtTheTopic(Admin admin) throws InterruptedException {
        Verdict known = current();
        if (known == null || known.problem != null) {
            return true;
        }
        looks++;
        return looks % LOOKS_A_TOPIC == 0
                && !Topic.id(admin, settings.topic()).equals(Optional.ofNullable(known.topicId));
    }

    private void judge(long question, Finding finding) {
        if (finding.kind() == Kind.AHEAD) {
            if (store.doubt(finding.text())) {
                log.error("{}. Nothing is appended until an operator has said what to trust", finding.text());
            }
            doubt(finding.text());
        }
        conclude(
                question,
                finding.kind() == Kind.FITS ? null : finding.text(),
                topics.find(settings.topic()).map(RelayTopics.Known::id).orElse(null));
    }

    /** What was asked again meanwhile is not answered by this look. */
    private synchronized void conclude(long question, @Nullable String problem, @Nullable String topicId) {
        if (question != asked) {
            return;
        }
        String before = verdict == null ? null : verdict.problem;
        if (problem != null && !problem.equals(before)) {
            log.error("The relay stands still: {}", problem);
        }
        verdict = new Verdict(++verdicts, problem, topicId);
        notifyAll();
    }

    private synchronized void doubt(@Nullable String reason) {
        doubt = reason;
    }

    private synchronized long question() {
        return asked;
    }

    /** Whether that is new. */
    private synchronized boolean reached(boolean both) {
        boolean isNew = isUnreachable == both;
        isUnreachable = !both;
        notifyAll();
        return isNew;
    }

    private synchronized @Nullable Verdict current() {
        return verdict;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void pause() throws InterruptedException {
        if (!closed) {
            wait(EVERY.toMillis());
        }
    }

    /** Returns when it has looked, or when it cannot. */
    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("topic-guard").start(this::run);
            long deadline = System.nanoTime() + LONGEST_START.toNanos();
            try {
                while (verdict == null && !isUnreachable && System.nanoTime() < deadline) {
                    wait(Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()))
                            .toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets go of whoever waits. */
    @Override
    public synchronized void stop() {
        closed = true;
        notifyAll();
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null && !closed;
    }

    /** Before everything that may append or send; stopped after all of it. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
