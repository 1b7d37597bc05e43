package io.opsflow.commandside.tool;

import static io.opsflow.commandside.tool.TopicContents.contents;
import static io.opsflow.commandside.tool.TopicContents.indexes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.commandside.relay.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;

class RepublishTest extends ToolTest {

    private final String rebuilt = newName("rebuilt-");

    @Test
    void theNewTopicHoldsWhatTheOldOneDoes() {
        Result result = republish("--from", "1");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).anyMatch(line -> line.startsWith("published 20 events in "));
        assertThat(result.out())
                .last()
                .asString()
                .contains("OPSFLOW_KAFKA_TOPIC=" + rebuilt)
                .contains("after event 20");
        assertThat(contents(rebuilt)).isEqualTo(contents(topic)).hasSize(12);
        assertThat(indexes(rebuilt)).hasSize(EVENTS);
        assertThat(runOnTopic(rebuilt, "verify").code()).isZero();
    }

    @Test
    void nodesGoOnInTheNewTopicExactlyWhereItEnded() {
        republish();
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 5);
            awaitRelayed(node, EVENTS + 5);
        }

        assertThat(indexes(rebuilt)).as("no gap and no repetition").isEqualTo(numbers(1, EVENTS + 5));
    }

    @Test
    void itBeginsWhereItIsTold() {
        republish("--from=11");

        assertThat(indexes(rebuilt)).isEqualTo(numbers(11, EVENTS));
    }

    @Test
    void aTopicThatIsToBeginAtTheHeadIsEmptyAndNodesGoOn() {
        republish("--from=21");
        assertThat(indexes(rebuilt)).isEmpty();
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 1);
            awaitRelayed(node, EVENTS + 1);
        }

        assertThat(indexes(rebuilt)).containsExactly(21L);
    }

    @Test
    void askedAgainItGoesOnWhereItWas() {
        republish("--from=11");
        try (ConfigurableApplicationContext node = node(url, newName("elsewhere-"))) {
            append(node, EVENTS, EVENTS + 5);
        }
        Result result = republish("--from=11");

        assertThat(result.out())
                .startsWith("going on after event 20")
                .anyMatch(line -> line.startsWith("published 5 "));
        assertThat(indexes(rebuilt)).isEqualTo(numbers(11, EVENTS + 5));
    }

    @Test
    void askedAgainForAnotherBeginningItRefuses() {
        republish("--from=11");

        assertRefused(
                republish(),
                "A position for %s is stored already, after event 20, and it was not begun with --from 1;");
        assertThat(indexes(rebuilt)).isEqualTo(numbers(11, EVENTS));
    }

    @Test
    void aTopicThatHoldsRecordsIsRefusedAndNoPositionIsLeft() {
        String other = url;
        republish();
        copyTheStore();

        assertThat(url).isNotEqualTo(other);
        assertRefused(republish(), "The topic %s holds records already");
        assertThat(sql(url).sql("select count(*) from token_entry where processor_name = 'relay:" + rebuilt + "'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void aTopicThatANodeRelaysToIsRefused() {
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            awaitRelayed(node, EVENTS);

            assertRefused(republish(), "A relay is at work on %s");
        }
    }

    @Test
    void aBeginningBeyondTheHeadIsRefused() {
        assertRefused(republish("--from", "22"), "The store ends at event 20; --from is beyond it.");
        assertThat(republish("--from", "20").code())
                .as("nothing was left behind")
                .isZero();
    }

    @Test
    void whatIsNoEventOfOpsFlowIsNamedByVerify() {
        republish();
        writeAsAStranger();

        Result result = runOnTopic(rebuilt, "verify");

        assertThat(result.out())
                .anyMatch(line -> line.matches("the record at partition 3, offset \\d+ is no event of OpsFlow"));
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aTopicThatWasLostIsFilledAgainUnderItsNameWhileTheServiceTakesWrites() {
        republish();
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 1);
            awaitRelayed(node, EVENTS + 1);
            TopicContents.delete(rebuilt);
            append(node, EVENTS + 1, EVENTS + 2);
            await().atMost(Duration.ofSeconds(30)).until(() -> stopped(node) == 1);
            append(node, EVENTS + 2, EVENTS + 3);

            Result result = runOnTopic(rebuilt, "republish");

            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .startsWith("the topic %s was lost; it is filled again".formatted(rebuilt))
                    .last()
                    .isEqualTo(
                            "The relay goes on after event 23. Readers of the topic see another id of it, and begin anew.");
            await().atMost(Duration.ofSeconds(30)).until(() -> stopped(node) == 0);
            append(node, EVENTS + 3, EVENTS + 4);
            awaitRelayed(node, EVENTS + 4);
        }
        assertThat(indexes(rebuilt)).as("no gap and no repetition").isEqualTo(numbers(1, EVENTS + 4));
    }

    @Test
    void intoATopicThatWasMadeAnewTheRelaySendsNothingThatLeavesAHole() {
        republish();
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 1);
            awaitRelayed(node, EVENTS + 1);
        }
        TopicContents.delete(rebuilt);
        createTopic(rebuilt);
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS + 1, EVENTS + 2);
            await().atMost(Duration.ofSeconds(30)).until(() -> stopped(node) == 1);
        }
        assertThat(indexes(rebuilt)).isEmpty();
        assertThat(runOnTopic(rebuilt, "republish").code()).isZero();
        assertThat(indexes(rebuilt)).isEqualTo(numbers(1, EVENTS + 2));
    }

    @Test
    void aTopicThatHasLostWhatItAcknowledgedStopsTheRelay() {
        republish();
        TopicContents.delete(rebuilt);
        takeForTheSame(createTopic(rebuilt));
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> stopped(node) == 1);
        }
        assertThat(indexes(rebuilt)).isEmpty();
        assertRefused(
                republish(), "The topic %s has lost its end; have it made anew by --anew, or choose another name.");
    }

    @Test
    void aTopicThatHasLostItsEndIsRefusedAndLeftAsItIs() {
        republish();
        loseFromTheTopic(EVENTS);
        try (ConfigurableApplicationContext node = node(url, newName("elsewhere-"))) {
            append(node, EVENTS, EVENTS + 1);
        }
        List<String> before = relayTables();

        assertRefused(
                republish(), "The topic %s has lost its end; have it made anew by --anew, or choose another name.");
        assertThat(indexes(rebuilt)).isEqualTo(numbers(1, EVENTS - 1));
        assertThat(relayTables()).isEqualTo(before);

        TopicContents.delete(rebuilt);
        assertThat(republish().code()).as("made anew by hand").isZero();
        assertThat(indexes(rebuilt)).isEqualTo(numbers(1, EVENTS + 1));
    }

    @Test
    void aTopicOfWhichOnePartitionHasLostItsEndStopsTheRelayAndIsRefused() {
        republish();
        loseFromTheTopic(EVENTS - 1);
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> stopped(node) == 1);
        }

        assertRefused(
                republish(), "The topic %s has lost its end; have it made anew by --anew, or choose another name.");
        assertThat(indexes(rebuilt)).hasSize(EVENTS - 1).endsWith((long) EVENTS);
    }

    @Test
    void aTopicOfWhichOnePartitionGoesOnBehindAHoleStopsTheRelayAndIsRefused() {
        republish();
        loseFromTheTopic(EVENTS - 5); // of the task that the last event is of
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> stopped(node) == 1);
        }

        assertRefused(
                republish(), "The topic %s has lost its end; have it made anew by --anew, or choose another name.");
        assertThat(indexes(rebuilt)).hasSize(EVENTS - 1).endsWith((long) EVENTS);
    }

    @Test
    void aTopicThatWasGivenMorePartitionsHasLostNothing() {
        republish();
        TopicContents.increaseTo(24, rebuilt);
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 5);
            awaitRelayed(node, EVENTS + 5);
        }
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS + 5, EVENTS + 6);
            awaitRelayed(node, EVENTS + 6);
        }

        assertThat(indexes(rebuilt)).isEqualTo(numbers(1, EVENTS + 6));
    }

    @Test
    void aTopicThatHasLostItsEndIsMadeAnewWhereThatIsAskedWhileTheServiceTakesWrites() {
        republish();
        loseFromTheTopic(EVENTS);
        String before = topicId();
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> stopped(node) == 1);
            assertThat(node.getBean("relayHealthIndicator", HealthIndicator.class)
                            .health()
                            .getDetails())
                    .containsEntry(
                            "problem",
                            "the topic %s has lost event 20, which it had acknowledged; nothing is sent until republish --anew has made it anew"
                                    .formatted(rebuilt));

            Result result = runOnTopic(rebuilt, "republish", "--anew");

            assertThat(result.err()).isEmpty();
            assertThat(result.code()).isZero();
            assertThat(result.out())
                    .contains(
                            "event 20 is not on the topic, which had acknowledged it",
                            "the topic %s had lost a part and was deleted; it is made anew".formatted(rebuilt))
                    .last()
                    .isEqualTo(
                            "The relay goes on after event 21. Readers of the topic see another id of it, and begin anew.");
            await().atMost(Duration.ofSeconds(30)).until(() -> stopped(node) == 0);
            append(node, EVENTS + 1, EVENTS + 2);
            awaitRelayed(node, EVENTS + 2);
        }
        assertThat(topicId()).as("readers can tell").isNotEqualTo(before);
        assertThat(indexes(rebuilt)).as("no gap and no repetition").isEqualTo(numbers(1, EVENTS + 2));
        assertThat(runOnTopic(rebuilt, "verify").code()).isZero();
    }

    @Test
    void aTopicThatIsMadeAnewIsAsTheOneThatTheRelayMade() {
        republish();
        loseFromTheTopic(1); // with others behind it, and others before

        assertThat(republish("--anew").code()).isZero();
        assertThat(contents(rebuilt)).isEqualTo(contents(topic)).hasSize(12);
    }

    @Test
    void aTopicThatHasLostAllItHadIsMadeAnewToo() {
        republish();
        TopicContents.delete(rebuilt);
        takeForTheSame(createTopic(rebuilt));

        assertThat(republish("--anew", "--from=11").code()).isZero();
        assertThat(indexes(rebuilt)).isEqualTo(numbers(11, EVENTS));
    }

    @Test
    void aTopicThatHasLostNothingIsNotDeletedButGoneOnWith() {
        republish();
        String before = topicId();
        try (ConfigurableApplicationContext node = node(url, newName("elsewhere-"))) {
            append(node, EVENTS, EVENTS + 5);
        }

        assertThat(republish("--anew").out()).contains("going on after event 20");
        assertThat(indexes(rebuilt)).isEqualTo(numbers(1, EVENTS + 5));
        assertThat(topicId()).isEqualTo(before);
    }

    @Test
    void whatACrashLeavesOfMakingItAnewIsMendedByAskingAgain() {
        republish();
        TopicContents.delete(rebuilt);
        assertThat(republish("--anew").out())
                .as("when it was deleted")
                .startsWith("the topic %s was lost; it is filled again".formatted(rebuilt));
        assertThat(indexes(rebuilt)).isEqualTo(numbers(1, EVENTS));

        TopicContents.delete(rebuilt);
        String made = createTopic(rebuilt);
        assertThat(republish("--anew").code()).as("when it was made").isZero();
        assertThat(indexes(rebuilt)).isEqualTo(numbers(1, EVENTS));
        assertThat(topicId()).isEqualTo(made);

        loseFromTheTopic(EVENTS);
        assertThat(republish("--anew").code())
                .as("when the power is cut once more")
                .isZero();
        assertThat(indexes(rebuilt)).isEqualTo(numbers(1, EVENTS));
    }

    @Test
    void aTopicThatHasWhatTheStoreDoesNotIsNeverDeleted() {
        republish();
        String backup = copyOf(url);
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            append(node, EVENTS, EVENTS + 2);
            awaitRelayed(node, EVENTS + 2);
        }
        String whole = newName("whole-");
        TopicContents.copy(rebuilt, whole, 0);
        restore(backup, url);
        loseFromTheTopic(whole, EVENTS - 1);

        assertLeftAlone(
                "The topic %s is left as it is, for it has what the event store does not: the tail was cut: the store ends at event 20, the topic has event 21. List it: lost. Then say what to trust: reconcile --trust topic or store");
    }

    @Test
    void aTopicThatTheRelayHasNotWrittenToIsNeverDeleted() {
        republish();
        copyTheStore();

        assertLeftAlone("The topic %s holds records already; choose another name.");
    }

    @Test
    void aTopicThatWasMadeAnewByOthersIsNeverDeleted() {
        republish();
        TopicContents.delete(rebuilt);
        TopicContents.copy(topic, rebuilt, EVENTS);

        assertLeftAlone("The topic %s holds records already; choose another name.");
    }

    @Test
    void aTopicThatOthersWriteToIsNeverDeleted() {
        republish();
        loseFromTheTopic(EVENTS);
        writeAsAStranger();

        assertLeftAlone("The topic %s is left as it is, for others write to it too: the record at partition 3, ");
    }

    @Test
    void aTopicThatWasGivenUpIsNeverDeleted() {
        republish();
        loseFromTheTopic(EVENTS);
        sql(url).sql("update relay_topic set given_up = true").update();

        assertLeftAlone("The topic %s holds events that were given up; choose another name.");
    }

    @Test
    void nothingIsDeletedForAStoreInDoubt() {
        republish();
        loseFromTheTopic(EVENTS);
        sql(url).sql("update store_trust set doubt = 'It was restored'").update();

        assertLeftAlone("It was restored. Say first what to trust: reconcile --trust topic or store");
    }

    @Test
    void nothingIsDeletedForAStoreThatIsNotWhole() {
        republish();
        loseFromTheTopic(EVENTS);
        sql(url).sql("""
                        alter table domain_event disable trigger domain_event_is_append_only;
                        update domain_event set payload = '{}' where global_index = 7
                        """).update();

        assertLeftAlone(
                "The topic %s is left as it is, for the event store is not whole: event 7 was changed. See verify");
    }

    @Test
    void aTopicThatANodeRelaysToIsNotMadeAnew() {
        try (ConfigurableApplicationContext node = node(url, rebuilt)) {
            awaitRelayed(node, EVENTS);

            assertLeftAlone("A relay is at work on %s");
        }
    }

    private void assertLeftAlone(String sentence) {
        String id = topicId();
        int records = TopicContents.count(rebuilt);
        List<String> tables = relayTables();

        assertRefused(republish("--anew"), sentence);

        assertThat(topicId()).isEqualTo(id);
        assertThat(TopicContents.count(rebuilt)).isEqualTo(records);
        assertThat(relayTables()).isEqualTo(tables);
    }

    /** As a broker that came back without a part of its log. */
    private void loseFromTheTopic(long event) {
        loseFromTheTopic(topic, event);
    }

    private void loseFromTheTopic(String whole, long event) {
        TopicContents.delete(rebuilt);
        TopicContents.copy(whole, rebuilt, event);
        takeForTheSame(createTopic(rebuilt));
    }

    private void writeAsAStranger() {
        try (KafkaProducer<String, String> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            stranger.send(new ProducerRecord<>(rebuilt, 3, "task-1", "{}"));
        }
    }

    private String topicId() {
        try {
            return Topic.id(new RelaySettings(BROKER.bootstrapServers(), null, rebuilt, (short) -1))
                    .orElseThrow();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void takeForTheSame(String id) {
        sql(url).sql("update relay_topic set topic_id = ? where topic = ?")
                .param(id)
                .param(rebuilt)
                .update();
    }

    /** What the store knows of the topic. */
    private List<String> relayTables() {
        return sql(url).sql("""
                        select token::text from token_entry where processor_name = ?
                         union all select t::text from relay_topic as t where topic = ?
                        """)
                .param("relay:" + rebuilt)
                .param(rebuilt)
                .query(String.class)
                .list();
    }

    private static double stopped(ConfigurableApplicationContext node) {
        return node.getBean(MeterRegistry.class)
                .get("opsflow.relay.stopped")
                .gauge()
                .value();
    }

    private Result republish(String... options) {
        List<String> arguments = new ArrayList<>(List.of("republish", "--topic", rebuilt));
        arguments.addAll(List.of(options));
        return runOnTopic(topic, arguments.toArray(String[]::new));
    }

    private void assertRefused(Result result, String sentence) {
        assertThat(result.err()).singleElement().asString().startsWith(sentence.formatted(rebuilt));
        assertThat(result.code()).isEqualTo(2);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
