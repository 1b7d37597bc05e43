package io.opsflow.commandside.tool;

import static io.opsflow.commandside.tool.TopicContents.indexes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Json;
import io.opsflow.commandside.CommandSide;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.Restoration;
import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import io.opsflow.commandside.eventstore.tail.ClaimedPosition;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.commandside.relay.TopicEvents;
import io.opsflow.web.setting.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.unit.DataSize;

/** A store of 27 events, all on the topic, is lost, and what is left of it is a backup of the first 20. */
class ReconcileTest extends ToolTest {

    private static final int ALL = 27;
    private static final Duration SECONDS = Duration.ofSeconds(20);

    private static final String ROWS = "select e::text from domain_event as e order by global_index";

    private static String lost;

    private final String ahead = newName("ahead-");

    @TempDir
    Path directory;

    @BeforeAll
    static void goOnAfterTheBackup() {
        lost = copyOf(original);
        try (ConfigurableApplicationContext node = node(lost, newName("elsewhere-"))) {
            append(node, EVENTS, ALL - 3);
            append(
                    node,
                    ALL - 3,
                    Map.of(EventMetadata.TRACEPARENT, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
            appendTogether(node, ALL - 2, ALL);
        }
    }

    @BeforeEach
    void publishAllAndRestoreTheBackup() {
        String backup = url;
        url = lost;
        assertThat(run("republish", "--topic", ahead).code()).isZero();
        url = backup;
    }

    @Test
    void aStoreBehindItsTopicTakesNothingOnAnyNodeAndSaysSo() {
        try (ConfigurableApplicationContext node = node(url, ahead);
                ConfigurableApplicationContext another = node(url, ahead)) {
            for (ConfigurableApplicationContext one : List.of(node, another)) {
                assertRefused(one);
                assertThat(health(one).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
                assertThat(health(one).getDetails())
                        .containsEntry(
                                "doubt",
                                "The topic %s and what was read from it have event 27, the event store ends at event 20: it was restored to an earlier point"
                                        .formatted(ahead));
                await().atMost(SECONDS).until(() -> gauge(one, "opsflow.store.doubt") == 1);
            }
        }
        assertThat(rows(url)).hasSize(EVENTS);
        assertThat(indexes(ahead)).isEqualTo(numbers(ALL));
    }

    @Test
    void whatWasLostIsListedFromTheTopic() throws Exception {
        Result result = run("lost");
        Path file = directory.resolve("lost.jsonl");
        Result written = run("lost", "--out", file.toString());

        assertThat(result.out()).hasSize(ALL - EVENTS);
        assertThat(result.out().stream()
                        .map(line -> Json.mapper().readTree(line))
                        .map(event -> event.get("globalindex").stringValue() + " "
                                + event.at("/data/name").stringValue()))
                .containsExactly(
                        "21 name 20",
                        "22 name 21",
                        "23 name 22",
                        "24 name 23",
                        "25 name 24",
                        "26 name 25",
                        "27 name 26");
        assertThat(result.code()).isEqualTo(1);
        assertThat(Files.readAllLines(file)).isEqualTo(result.out());
        assertThat(written.out())
                .containsExactly(
                        "7 events of 5 tasks, categories and types, from 2026-01-02T03:04:05.678Z to 2026-01-02T03:04:05.678Z, are on the topic and not in the event store, written to "
                                + file);
        url = lost;
        assertThat(run("lost").out()).isEmpty();
        assertThat(run("lost").code()).isZero();
    }

    @Test
    void theTopicIsTrustedAndEveryRowIsBackAsItWas() {
        Result result = run("reconcile", "--trust", "topic");

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsExactly(
                        "7 events were put back from the topic %s; the event store ends at event 27".formatted(ahead),
                        "The command side takes writes again; its relay goes on after event 27");
        assertThat(result.code()).isZero();
        assertThat(rows(url)).isEqualTo(rows(lost));
        try (ConfigurableApplicationContext node = node(url, ahead)) {
            append(node, ALL, ALL + 1);
            awaitRelayed(node, ALL + 1);
        }
        assertThat(run("verify").code()).isZero();
        assertThat(indexes(ahead)).as("nothing was sent twice").isEqualTo(numbers(ALL + 1));
    }

    @Test
    void whatTheStoreHasBeyondTheTopicIsSentAfterwards() {
        url = copyOf(lost);
        try (ConfigurableApplicationContext node =
                CommandSide.start(DATABASE, url, "127.0.0.1:1", "opsflow.kafka.topic=" + ahead)) {
            append(node, ALL, ALL + 5);
        }

        assertThat(run("reconcile", "--trust", "topic").out())
                .containsExactly(
                        "0 events were put back from the topic %s; the event store ends at event 32".formatted(ahead),
                        "The command side takes writes again; its relay goes on after event 27");
        try (ConfigurableApplicationContext node = node(url, ahead)) {
            awaitRelayed(node, ALL + 5);
        }
        assertThat(indexes(ahead)).isEqualTo(numbers(ALL + 5));
    }

    @Test
    void aStoreThatIsGoneAltogetherIsMadeAgainFromTheTopic() {
        url = CommandSide.emptyDatabase(DATABASE);

        assertThat(run("reconcile", "--trust", "topic").code()).isZero();
        assertThat(rows(url)).isEqualTo(rows(lost));
    }

    @Test
    void whatWasLeftHalfDoneIsFinishedWhenItIsAskedForAgain() {
        try (ClaimedPosition position = ClaimedPosition.claim(
                                new EventStoreSettings(
                                        url,
                                        DATABASE.user(),
                                        Secret.of(DATABASE.password()),
                                        null,
                                        2,
                                        DataSize.ofMegabytes(1),
                                        Duration.ofHours(48)),
                                "relay:" + ahead,
                                0)
                        .orElseThrow();
                TopicEvents events =
                        TopicEvents.open(new RelaySettings(BROKER.bootstrapServers(), null, ahead, (short) -1))) {
            Restoration restoration = position.restoration();
            for (int i = 0; i < EVENTS + 3; i++) {
                events.next().filter(event -> event.globalIndex() > EVENTS).ifPresent(restoration::add);
            }
            assertThat(restoration.finish()).isEqualTo(EVENTS + 3);
        }

        assertThat(run("reconcile", "--trust", "topic").out())
                .first()
                .asString()
                .startsWith("4 events were put back");
        assertThat(rows(url)).isEqualTo(rows(lost));
    }

    @Test
    void onlyWhatFollowsIsPutBackAndNeverHalfOfARequest() {
        String holed = newName("holed-");
        TopicContents.copy(ahead, holed, 23);
        Result hole = runOnTopic(holed, "reconcile", "--trust", "topic");

        assertThat(hole.out())
                .containsExactly(
                        "2 events were put back from the topic %s; the event store ends at event 22".formatted(holed),
                        "4 events on the topic could not be put back, as what stands before them is not there. List them: lost. Then give them up: reconcile --trust store");
        assertThat(hole.code()).isEqualTo(1);
        try (ConfigurableApplicationContext node = node(url, holed)) {
            assertRefused(node);
        }
        copyTheStore();
        String cut = newName("cut-");
        TopicContents.copy(ahead, cut, ALL);
        assertThat(runOnTopic(cut, "reconcile", "--trust", "topic").code()).isEqualTo(1);
        assertThat(rows(url)).isEqualTo(rows(lost).subList(0, ALL - 2));
    }

    @Test
    void whatTheStoreCannotHaveHeldIsNotPutBackAndEndsNoTool() {
        TopicContents.forge(ahead, ALL, Map.of("ce_type", "io.opsflow.x.v1", "ce_globalindex", "28", "ce_hash", "28"));
        TopicContents.forge(ahead, ALL, Map.of("ce_id", "no-uuid", "ce_globalindex", "29", "ce_hash", "29"));

        Result listed = run("lost");
        assertThat(listed.err()).isEmpty();
        assertThat(listed.out())
                .as("without what is no event")
                .hasSize(ALL - EVENTS + 1)
                .last()
                .asString()
                .contains("no-uuid");

        Result result = run("reconcile", "--trust", "topic");
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsExactly(
                        "7 events were put back from the topic %s; the event store ends at event 27".formatted(ahead),
                        "1 events on the topic could not be put back, as what stands before them is not there. List them: lost. Then give them up: reconcile --trust store");
        assertThat(rows(url)).isEqualTo(rows(lost));
    }

    @Test
    void theStoreIsTrustedAndTheTopicIsGivenUp() {
        Result result = run("reconcile", "--trust", "store");

        assertThat(result.out())
                .containsExactly(
                        "The command side takes writes again, after event 20",
                        "7 events on the topic %s are given up; while it is there, lost lists them. Nothing is sent to it any more: fill another one by republish --topic NAME"
                                .formatted(ahead));
        assertThat(result.code()).isZero();
        try (ConfigurableApplicationContext node = node(url, ahead)) {
            append(node, EVENTS, EVENTS + 1);
            await().atMost(SECONDS).until(() -> gauge(node, "opsflow.relay.stopped") == 1);
        }
        assertThat(indexes(ahead)).isEqualTo(numbers(ALL));
        assertThat(run("lost").out()).hasSize(ALL - EVENTS);
        assertThat(run("republish").err())
                .containsExactly("The topic %s holds events that were given up; choose another name.".formatted(ahead));

        String next = newName("next-");
        assertThat(run("republish", "--topic", next).code()).isZero();
        try (ConfigurableApplicationContext node = node(url, next)) {
            append(node, EVENTS + 1, EVENTS + 2);
            awaitRelayed(node, EVENTS + 2);
        }
        assertThat(indexes(next)).isEqualTo(numbers(EVENTS + 2));
    }

    @Test
    void aStoreThatHasGoneOnByItselfIsFoundOutAndTheTopicCannotBeTrustedAnyMore() {
        try (ConfigurableApplicationContext node =
                CommandSide.start(DATABASE, url, "127.0.0.1:1", "opsflow.kafka.topic=" + ahead)) {
            append(node, EVENTS, EVENTS + 9); // nobody could be asked
        }
        try (ConfigurableApplicationContext node = node(url, ahead)) {
            assertRefused(node);
            assertThat(String.valueOf(health(node).getDetails().get("doubt"))).contains("have another event 27");
        }
        Result result = run("reconcile", "--trust", "topic");

        assertThat(result.err())
                .singleElement()
                .asString()
                .startsWith("Event 21 of the store is another one than on the topic: the store has gone on by itself.");
        assertThat(result.code()).isEqualTo(2);
        assertThat(rows(url)).hasSize(EVENTS + 9);
    }

    @Test
    void aToolThatFindsNothingToPutBackLeavesTheStoreAsItWas() {
        try (ConfigurableApplicationContext node =
                CommandSide.start(DATABASE, url, "127.0.0.1:1", "opsflow.kafka.topic=" + ahead)) {
            append(node, EVENTS, EVENTS + 9);
        }
        sql(url).sql("delete from token_entry").update();
        String before = stateBesideTheEvents();

        assertThat(run("reconcile", "--trust", "topic").code()).isEqualTo(2);

        assertThat(stateBesideTheEvents()).isEqualTo(before);
    }

    /** What is in doubt, and which relays there are. */
    private String stateBesideTheEvents() {
        return sql(url).sql(
                        "select concat((select doubt from store_trust), ' ', (select string_agg(processor_name, ',') from token_entry))")
                .query(String.class)
                .single();
    }

    @Test
    void aStoreThatIsExchangedUnderARunningNodeIsNoticedAtTheNextAppendAndTheNodeGoesOnAfterTheDecision() {
        url = copyOf(lost);
        try (ConfigurableApplicationContext node = node(url, ahead)) {
            append(node, ALL, ALL + 1);
            awaitRelayed(node, ALL + 1);
            restore(original, url);

            await().atMost(SECONDS).untilAsserted(() -> assertRefused(node));
            assertThat(rows(url)).hasSize(EVENTS);
            await().atMost(SECONDS)
                    .until(() -> run("reconcile", "--trust", "topic").code() == 0);

            assertThat(rows(url).subList(0, ALL)).isEqualTo(rows(lost));
            append(node, ALL + 1, ALL + 2);
            awaitRelayed(node, ALL + 2);
        }
        assertThat(indexes(ahead)).isEqualTo(numbers(ALL + 2));
    }

    @Test
    void whatIsInDoubtIsNotPublished() {
        try (ConfigurableApplicationContext node = node(url, ahead)) {
            assertRefused(node);
        }

        assertThat(run("republish", "--topic", newName("other-")).err())
                .singleElement()
                .asString()
                .endsWith("Say first what to trust: reconcile --trust topic or store");
    }

    @Test
    void aTopicThatIsNotThereCannotBeTrusted() {
        assertThat(runOnTopic("no-such-topic", "reconcile", "--trust", "topic").err())
                .containsExactly("There is no topic no-such-topic to trust.");
    }

    @Test
    void oneOfTheTwoHasToBeNamed() {
        assertThat(run("reconcile").err()).containsExactly("--trust is either topic or store.");
        assertThat(run("reconcile", "--trust", "me").err()).containsExactly("--trust is either topic or store.");
    }

    private Result run(String... arguments) {
        return runOnTopic(ahead, arguments);
    }

    private static void assertRefused(ConfigurableApplicationContext node) {
        assertThatThrownBy(() -> append(node, 100, 101)).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.message())
                    .isEqualTo(
                            "The event store is behind what was answered before; nothing is written until an operator has decided.");
        });
    }

    private static Health health(ConfigurableApplicationContext node) {
        return Objects.requireNonNull(
                node.getBean("eventStoreHealthIndicator", HealthIndicator.class).health(true));
    }

    private static double gauge(ConfigurableApplicationContext node, String name) {
        return node.getBean(MeterRegistry.class).get(name).gauge().value();
    }

    private static List<String> rows(String url) {
        return sql(url).sql(ROWS).query(String.class).list();
    }

    private static List<Long> numbers(long to) {
        return LongStream.rangeClosed(1, to).boxed().toList();
    }
}
