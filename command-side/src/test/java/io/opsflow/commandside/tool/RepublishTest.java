package io.opsflow.commandside.tool;

import static io.opsflow.commandside.tool.TopicContents.contents;
import static io.opsflow.commandside.tool.TopicContents.indexes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
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
        try (KafkaProducer<String, String> stranger = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            stranger.send(new ProducerRecord<>(rebuilt, 3, "task-1", "{}"));
        }

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
        assertRefused(republish(), "The topic %s has lost its end; choose another name.");
    }

    @Test
    void aTopicThatHasLostItsEndIsRefusedAndLeftAsItIs() {
        republish();
        loseFromTheTopic(EVENTS);
        try (ConfigurableApplicationContext node = node(url, newName("elsewhere-"))) {
            append(node, EVENTS, EVENTS + 1);
        }
        List<String> before = relayTables();

        assertRefused(republish(), "The topic %s has lost its end; choose another name.");
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

        assertRefused(republish(), "The topic %s has lost its end; choose another name.");
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

        assertRefused(republish(), "The topic %s has lost its end; choose another name.");
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

    /** As a broker that came back without a part of its log. */
    private void loseFromTheTopic(long event) {
        TopicContents.delete(rebuilt);
        TopicContents.copy(topic, rebuilt, event);
        takeForTheSame(createTopic(rebuilt));
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
