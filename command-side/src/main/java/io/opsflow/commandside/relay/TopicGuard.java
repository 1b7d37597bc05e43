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
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Keeps a process from going on where the topic and the store do not belong together, in a thread of its own. It looks
 * before anything is appended or sent, again where the relay asks for it or the broker was away, and now and then: into
 * the store every second, at the topic's id every five. A topic that lost something stops the relay; one that is ahead
 * puts the store in doubt.
 */
final class TopicGuard implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(TopicGuard.class);

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int LOOKS_A_TOPIC = 5;

    /** For the first look, while no request is answered. A broker that is away ends it sooner. */
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    private final RelaySettings settings;
    private final TopicCheck check;
    private final RelayTopics topics;
    private final StoreTrust store;
    private final HeadMemory memory;
    private final RelaySwitch relay;

    private final TopicVerdict verdict;
    private @Nullable Admin admin;
    private @Nullable Thread thread;
    private int looks;

    TopicGuard(
            RelaySettings settings,
            TopicCheck check,
            RelayTopics topics,
            StoreTrust store,
            HeadMemory memory,
            RelaySwitch relay,
            TopicVerdict verdict) {
        this.settings = settings;
        this.check = check;
        this.topics = topics;
        this.store = store;
        this.memory = memory;
        this.relay = relay;
        this.verdict = verdict;
    }

    private void run() {
        try {
            while (!verdict.isClosed()) {
                look();
                verdict.pause(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (admin != null) {
                admin.close(Duration.ZERO);
            }
        }
    }

    private void look() throws InterruptedException {
        try {
            lookAtBoth();
            verdict.reached(null);
        } catch (DataAccessException | TransactionException | KafkaException e) {
            Throwable why = NestedExceptionUtils.getMostSpecificCause(e);
            if (verdict.reached(why) && !verdict.isClosed()) {
                log.warn("The topic {} cannot be held against the store yet: {}", settings.topic(), why.toString());
            }
        } catch (RuntimeException e) {
            // A mistake of ours, which must not end this for good.
            if (verdict.reached(e)) {
                log.error("The topic {} cannot be held against the store", settings.topic(), e);
            }
        }
    }

    private void lookAtBoth() throws InterruptedException {
        long question = verdict.question();
        String doubted = memory.look(store).doubt();
        verdict.doubt(doubted);
        if (doubted != null) {
            verdict.conclude(question, doubted, null);
        } else if (mustLookAtTheTopic()) {
            judge(question, check.look(admin()));
        }
        verdict.known().ifPresent(known -> relay.turn(known.problem() == null));
    }

    /** Made late: there may be no broker yet whose name can be resolved. */
    private Admin admin() {
        if (admin == null) {
            admin = Topic.admin(settings);
        }
        return admin;
    }

    private boolean mustLookAtTheTopic() throws InterruptedException {
        Optional<TopicVerdict.Known> known = verdict.known();
        if (known.isEmpty() || known.get().problem() != null) {
            return true;
        }
        looks++;
        return looks % LOOKS_A_TOPIC == 0 && !isThere(known.get().topicId());
    }

    private boolean isThere(@Nullable String topicId) throws InterruptedException {
        try {
            return Topic.id(admin(), settings.topic()).equals(Optional.ofNullable(topicId));
        } catch (KafkaException e) {
            verdict.askAgain(); // a broker that comes back may come back without the last it had taken
            throw e;
        }
    }

    private void judge(long question, Finding finding) {
        if (finding.kind() == Kind.AHEAD) {
            if (store.doubt(finding.text())) {
                log.error("{}. Nothing is appended until an operator has said what to trust", finding.text());
            }
            verdict.doubt(finding.text());
        }
        verdict.conclude(
                question,
                finding.kind() == Kind.FITS ? null : finding.text(),
                topics.find(settings.topic()).map(RelayTopics.Known::id).orElse(null));
    }

    /** Returns when it has looked, or when it cannot. */
    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("topic-guard").start(this::run);
            try {
                verdict.awaitFirst(LONGEST_START);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized void stop() {
        verdict.close();
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null && !verdict.isClosed();
    }

    /** Before everything that may append or send; stopped after all of it. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
