package io.opsflow.queryside.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.lang.Thread.State;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** With a broker that answers when it is told to. */
class TopicIdsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Uuid FIRST = Uuid.randomUuid();
    private static final Uuid SECOND = Uuid.randomUuid();

    private final List<KafkaFutureImpl<TopicDescription>> questions = new CopyOnWriteArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final TopicIds ids = new TopicIds(this::broker, "topic", clock::get);
    private volatile boolean answersAtOnce = true;

    @AfterEach
    void close() {
        ids.close();
    }

    @Test
    void whileItIsAskedAgainNobodyWaits() {
        toldAndAskedAgain();
        assertThat(ids.current()).isEqualTo(FIRST.toString());
        assertThat(questions).hasSize(2);
        questions.get(1).complete(topic(SECOND));
        assertThat(ids.current()).isEqualTo(SECOND.toString());
    }

    @Test
    void withinASecondItIsNotAskedAgain() {
        ids.current();
        clock.set(Duration.ofMillis(999).toNanos());
        assertThat(ids.current()).isEqualTo(FIRST.toString());
        assertThat(questions).hasSize(1);
    }

    /** As of a broker that was away for a moment: its thread brings the answer while several threads wait for it. */
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void whatIsTwoSecondsOldIsWaitedFor() throws Exception {
        toldAndAskedAgain();
        clock.set(Duration.ofMillis(2_001).toNanos());
        FutureTask<String> one = new FutureTask<>(ids::current);
        FutureTask<String> another = new FutureTask<>(ids::current);
        List<Thread> waiting =
                Stream.of(one, another).map(Thread.ofPlatform().daemon()::start).toList();
        await().atMost(PATIENCE).until(() -> waiting.stream().allMatch(thread -> thread.getState() == State.WAITING));
        questions.get(1).complete(topic(SECOND));
        assertThat(one.get()).isEqualTo(SECOND.toString());
        assertThat(another.get()).isEqualTo(SECOND.toString());
        assertThat(questions).hasSize(2);
    }

    @Test
    void aBrokerThatIsAwayIsAskedAgainAndWhatItToldLastHolds() {
        toldAndAskedAgain();
        questions.get(1).completeExceptionally(new TimeoutException("away"));
        assertThat(ids.current()).isEqualTo(FIRST.toString());
        assertThat(questions).hasSize(2);
        clock.addAndGet(Duration.ofMillis(1_001).toNanos());
        assertThat(ids.current()).isEqualTo(FIRST.toString());
        questions.get(2).complete(topic(SECOND));
        assertThat(ids.current()).isEqualTo(SECOND.toString());
    }

    /** The second question is not answered yet. */
    private void toldAndAskedAgain() {
        assertThat(ids.current()).isEqualTo(FIRST.toString());
        answersAtOnce = false;
        clock.set(Duration.ofMillis(1_001).toNanos());
        assertThat(ids.current()).isEqualTo(FIRST.toString());
        assertThat(questions).hasSize(2);
    }

    @Test
    void nobodyGuessesWhatWasNeverTold() {
        TopicIds never = new TopicIds(
                () -> {
                    throw new KafkaException("no broker has that name");
                },
                "topic");
        assertThatThrownBy(never::current).isInstanceOf(KafkaException.class);
        assertThat(never.known()).isEmpty();
    }

    private Admin broker() {
        return (Admin) Proxy.newProxyInstance(
                Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("describeTopics")) {
                        return null; // close
                    }
                    KafkaFutureImpl<TopicDescription> question = new KafkaFutureImpl<>();
                    questions.add(question);
                    if (answersAtOnce) {
                        question.complete(topic(FIRST));
                    }
                    return new Answer(Map.of("topic", question));
                });
    }

    private static TopicDescription topic(Uuid id) {
        return new TopicDescription("topic", false, List.of(), null, id);
    }

    private static final class Answer extends DescribeTopicsResult {
        Answer(Map<String, KafkaFuture<TopicDescription>> byName) {
            super(null, byName);
        }
    }
}
