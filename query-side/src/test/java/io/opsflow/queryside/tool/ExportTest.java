package io.opsflow.queryside.tool;

import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.event.CloudEventJson;
import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.generation.Layout;
import io.opsflow.queryside.log.EventLog;
import io.opsflow.queryside.table.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Each test has a read model of its own, with the log as it wants it. */
class ExportTest extends ToolTest {

    private final String url = Servers.newReadModel();
    private final List<EventRecord> events = events(10);

    @TempDir
    Path directory;

    @Override
    String url() {
        return url;
    }

    @Test
    void everyEventIsALineInTheOrderOfTheStore() {
        logged(events.reversed());

        Result result = run("export");

        assertDone(result);
        assertThat(result.out()).isEqualTo(lines(events));
    }

    @Test
    void aPartIsWhatItsBoundsSay() {
        logged(events);

        assertThat(run("export", "--from", "4", "--to", "6").out()).isEqualTo(lines(events.subList(3, 6)));
        assertThat(run("export", "--from=9").out()).isEqualTo(lines(events.subList(8, 10)));
        assertThat(run("export", "--to=1").out()).isEqualTo(lines(events.subList(0, 1)));
    }

    @Test
    void whoAsksAgainAfterTheLastGetsWhatIsNew() {
        logged(events.subList(0, 5));
        assertThat(run("export").out()).hasSize(5);
        assertThat(run("export", "--from", "6").out()).isEmpty();

        logged(events.subList(5, 10));

        assertThat(run("export", "--from", "6").out()).isEqualTo(lines(events.subList(5, 10)));
    }

    @Test
    void itEndsBeforeTheFirstEventThatIsNotThereYet() {
        logged(events.subList(0, 5));
        logged(events.subList(6, 10));

        Result result = run("export");

        assertDone(result);
        assertThat(result.out()).isEqualTo(lines(events.subList(0, 5)));
    }

    @Test
    void aBoundThatTheLogDoesNotReachIsNamed() {
        logged(events.subList(0, 5));

        Result result = run("export", "--to", "7");

        assertThat(result.out()).isEqualTo(lines(events.subList(0, 5)));
        assertThat(result.err())
                .containsExactly("The read side does not have event 6; what was written ends before it.");
        assertThat(result.code()).isEqualTo(2);
        assertRefused(
                run("export", "--from", "6", "--to", "7"), "The read side does not have event 6; nothing was written.");
    }

    @Test
    void aFileGetsTheEventsAndTheTerminalTheSpeed() throws Exception {
        logged(events);
        Path file = directory.resolve("events.jsonl");

        Result result = run("export", "--out", file.toString());

        assertDone(result);
        assertThat(result.out())
                .singleElement()
                .asString()
                .matches("exported 10 events in .* events/s\\) to .*events.jsonl");
        assertThat(Files.readAllLines(file)).isEqualTo(lines(events));
    }

    @Test
    void aFileThatExistsIsNotTouched() throws Exception {
        logged(events);
        Path file = Files.writeString(directory.resolve("kept"), "kept");

        assertRefused(run("export", "--out", file.toString()), file + " exists; choose another name for --out.");
        assertThat(file).hasContent("kept");
        String nowhere = directory.resolve("no/such/directory").toString();
        assertRefused(run("export", "--out", nowhere), "--out is not a place where a file can be made: " + nowhere);
    }

    @Test
    void whatIsNoJsonIsExportedAsItCame() {
        EventRecord event = events.getFirst();
        logged(events);
        new JdbcTemplate(dataSource()).update("update event_log set payload = 'nonsense' where global_index = 1");

        assertThat(run("export", "--to", "1").out())
                .singleElement()
                .asString()
                .contains(event.eventId())
                .endsWith("\"data\":\"nonsense\"}");
    }

    @Test
    void aDatabaseWithoutAReadModelIsNamed() {
        assertRefused(
                run(Map.of("opsflow.read-model.url", Servers.newDatabase()), "export"),
                "There is no read model of this version in the database that OPSFLOW_READ_MODEL_URL names;"
                        + " the query side makes it when it starts.");
    }

    @Test
    void wrongBoundsAreNamedInOneSentence() {
        assertRefused(run("export", "--from", "0"), "--from is the number of an event, from 1 on, not 0");
        assertRefused(run("export", "--from", "x"), "--from is the number of an event, from 1 on, not x");
        assertRefused(run("export", "--from=5", "--to=4"), "--to is the number of an event, from 5 on, not 4");
        assertThat(run(Map.of("opsflow.read-model.url", "jdbc:postgresql://127.0.0.1:1/x"), "export")
                        .err())
                .singleElement()
                .asString()
                .startsWith("The database that OPSFLOW_READ_MODEL_URL names cannot be used: ");
    }

    private void logged(List<EventRecord> events) {
        Pipeline pipeline = new Pipeline(new JdbcTemplate(dataSource()));
        assertThat(EventLog.add(pipeline, events).get()).isEqualTo(events.size());
    }

    private DriverManagerDataSource dataSource() {
        return new DriverManagerDataSource(
                url + "&currentSchema=" + Layout.current().schema());
    }

    private static List<EventRecord> events(int number) {
        Happenings happenings = new Happenings();
        return IntStream.range(0, number)
                .mapToObj(i -> happenings.one(
                        i < 3
                                ? taskCreated(id(i), "{\"cost\": 1.50, \"ü\": 12e2}")
                                : taskRenamed(id(i % 3), "name " + i)))
                .toList();
    }

    private static List<String> lines(List<EventRecord> events) {
        return events.stream().map(CloudEventJson::write).toList();
    }
}
