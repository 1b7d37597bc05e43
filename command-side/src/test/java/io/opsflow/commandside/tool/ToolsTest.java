package io.opsflow.commandside.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.web.tool.Tools;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolsTest extends ToolTest {

    @Test
    void anUnknownWordIsAnsweredWithTheToolsThereAre() {
        Result result = runAlone("verfy");

        assertThat(result.err().getFirst()).isEqualTo("There is no tool verfy. The tools are:");
        assertThat(result.err())
                .anyMatch(line -> line.startsWith("  verify "))
                .anyMatch(line -> line.startsWith("  republish "));
        assertThat(result.code()).isEqualTo(2);
    }

    @Test
    void whatBeginsWithDashesIsTheServices() {
        assertThat(Tools.areMeant()).isFalse();
        assertThat(Tools.areMeant("--server.port=0")).isFalse();
        assertThat(Tools.areMeant("verify")).isTrue();
        assertThat(Tools.areMeant("verfy")).isTrue();
    }

    @Test
    void aWrongOptionIsNamedInOneSentence() {
        assertRefused(runAlone("verify", "--haed", "1:2"), "Not an option of this tool: --haed");
        assertRefused(runAlone("verify", "1:2"), "Not an option of this tool: 1:2");
        assertRefused(runAlone("verify", "--head"), "--head needs a value.");
        assertRefused(runAlone("verify", "--head=1", "--head=1"), "--head may be given once.");
        assertRefused(runAlone("republish", "--anew=yes"), "--anew takes no value.");
        assertRefused(runAlone("republish", "--anew", "--anew"), "--anew may be given once.");
        assertRefused(
                runAlone("verify", "--head", "1:2"),
                "--head is an earlier head as it was printed, index:hash, not 1:2");
    }

    @Test
    void aWrongSettingIsNamedInOneSentence() {
        assertRefused(
                run(Map.of("opsflow.event-store.url", ""), "verify"),
                "OPSFLOW_EVENT_STORE_URL is not set: it is the JDBC URL of the event store's database.");
        assertRefused(
                run(Map.of("opsflow.kafka.bootstrap", "nowhere"), "verify"),
                "OPSFLOW_KAFKA_BOOTSTRAP must be host:port, or several with commas between, such as localhost:9092.");
        assertRefused(
                runAlone("republish", "--topic", "t"),
                "OPSFLOW_KAFKA_BOOTSTRAP is not set: it is the host:port of the brokers.");
    }

    @Test
    void aDatabaseWithoutAnEventStoreIsToldOf() {
        String empty = DATABASE.createDatabase("empty");

        assertRefused(
                run(Map.of("opsflow.event-store.url", empty), "verify"),
                "There is no event store in that database yet.");
    }

    @Test
    void aServerThatIsAwayIsNamedInOneSentence() {
        assertThat(run(Map.of("opsflow.event-store.url", "jdbc:postgresql://127.0.0.1:1/x"), "verify"))
                .satisfies(result -> assertThat(result.err())
                        .singleElement()
                        .asString()
                        .startsWith("The event store at OPSFLOW_EVENT_STORE_URL did not answer: "))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2));
        assertThat(run(Map.of("opsflow.kafka.bootstrap", "127.0.0.1:1"), "verify"))
                .satisfies(result -> assertThat(result.err())
                        .singleElement()
                        .asString()
                        .startsWith("The broker at OPSFLOW_KAFKA_BOOTSTRAP did not do it: "))
                .satisfies(result -> assertThat(result.code()).isEqualTo(2));
    }

    /** Nothing would be on it that the store has not, which is no comfort. */
    @Test
    void aTopicThatIsNotThereHasNotLostNothing() {
        assertRefused(runOnTopic("no-such-topic", "lost"), "There is no topic no-such-topic to look at.");
    }

    @Test
    void aTopicThatIsNotThereCannotBeCompared() {
        assertRefused(
                runOnTopic("no-such-topic", "verify"),
                "There is no topic no-such-topic to compare; unset OPSFLOW_KAFKA_BOOTSTRAP to check the store alone.");
    }

    private static void assertRefused(Result result, String sentence) {
        assertThat(result.err()).containsExactly(sentence);
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(2);
    }
}
