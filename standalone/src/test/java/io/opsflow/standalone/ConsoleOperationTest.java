package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import tools.jackson.databind.JsonNode;

class ConsoleOperationTest extends ConsoleTest {

    /** Answers of the service that cannot be had from a service that is well. */
    private static final String PARKED = """
            {"topic": "opsflow.events", "partitions": [{"partition": 0, "next_offset": 5, "end_offset": 7, "lag": 2}], "parked_count": 1,
             "parked": [{"aggregate_id": "task-000000000009", "sequence": 3, "partition": 0, "offset": 5,
                         "reason": "its predecessor is missing", "parked_at": "2026-01-01T00:00:00.000Z"}]}
            """;

    private static final Map<String, ?> FAILED =
            Map.of("detail", Map.of("code", "ERROR_UNKNOWN", "message", "no database."));

    @Test
    void anAdminOfTheSystemSeesEachStepOfAnEventsWayAndRebuildsTheReadModel() {
        task("Something to rebuild");
        Tab tab = root("#/operation");
        tab.awaitText("Everything moves").awaitText("Relay to the broker").awaitText("12 partitions");
        tab.click("Rebuild").awaitText("Rebuild the read model?").assertAccessible("a question");
        tab.click(tab.css("dialog .primary")).awaitText("The rebuild has begun");
        tab.awaitText("generation");
        awaitNoRebuild();
        tab.button("Rebuild");
    }

    @Test
    void whatIsParkedHasAReasonASentenceAndAButton() {
        Tab tab = root("#/operation");
        tab.awaitText("Everything moves");
        tab.answer("/admin/feed", 200, Json.mapper().readTree(PARKED));
        tab.awaitText("1 event could not be applied and is parked.").awaitText("its predecessor is missing");
        tab.assertAccessible("parked events").screenshot("operation-parked");
        tab.click("Try the events of task-000000000009 again").awaitText("This does not exist");
        tab.awaitText("Request");
    }

    @Test
    void whatWasParkedIsTriedAgain() {
        Tab tab = root("#/operation");
        tab.awaitText("Everything moves");
        tab.answer("/admin/feed", 200, Json.mapper().readTree(PARKED));
        tab.answer("/admin/feed/retry", 200, Map.of("parked", List.of()));
        tab.click("Try the events of task-000000000009 again")
                .awaitText("The events of task-000000000009 are applied.");
    }

    @Test
    void theChainIsVerifiedAndItsLastVerificationShown() {
        Tab tab = root("#/operation");
        tab.click("Verify").awaitText("whole");
        assertThat(tab.shown(By.xpath("//section[@aria-label='Hash chain']//*[@title]"))
                        .getDomAttribute("title"))
                .endsWith("UTC");
    }

    @Test
    void aRebuildTellsHowFarItIsAndHowLongItTakes() {
        Tab tab = root("#/operation");
        tab.awaitText("Everything moves");
        tab.answer("/admin/read-model", 200, Json.mapper().readTree("""
                {"live": {"generation": 4, "since": "2026-01-01T00:00:00.000Z"},
                 "rebuild": {"phase": "LOADING", "events": 250, "events_total": 1000, "events_per_second": 50, "seconds_left": 15}}
                """));
        tab.awaitText("loading events").awaitText("250 of 1,000 events · 50 a second · 15 sec left");
        assertThat(tab.css("progress").getDomProperty("value")).isEqualTo("250");
    }

    @Test
    void whatIsNotAsItShouldBeIsSaidWithWhatToDo() {
        Tab still = root("#/operation");
        still.awaitText("Everything moves");
        still.answer("/admin/event-store", 200, Json.mapper().readTree("""
                {"head": 9, "relay_position": 4, "relay_lag": 5, "doubt": "the topic has more", "verifying": null,
                 "verification_failed_at": "2026-01-02T00:00:00.000Z",
                 "verification": {"verified_at": "2026-01-01T00:00:00.000Z", "head": 9, "breaks": 1, "first_break": "event 3"}}
                """));
        still.answer("/admin/feed", 200, feed(3));
        still.answer("/admin/read-model", 200, Json.mapper().readTree("{\"live\": null, \"rebuild\": null}"));
        still.awaitText("Nothing is written: the topic has more. Say which to trust")
                .awaitText("The hash chain is broken: event 3. Somebody changed the past")
                .awaitText("The verification failed")
                .awaitText("There is no read model of this version yet. Reads answer 503")
                .awaitText("The relay stands still: 5 events do not reach the broker. Writes go on")
                .awaitText("The read model is 3 events behind and stands still. Reads grow older.");
        still.assertAccessible("an operation that stands still");

        Tab away = root("#/operation");
        away.awaitText("Everything moves");
        away.answer("/admin/event-store", 500, FAILED).answer("/admin/read-model", 500, FAILED);
        away.answer("/admin/feed", 200, feed(6_000));
        away.awaitText("The event store cannot be asked: no database. Without its database")
                .awaitText("The state of the read model is not known: no database. See whether")
                .awaitText("The read model is 6,000 events behind and catching up. Nothing to do");
        away.answer("/admin/feed", 200, feed(null));
        away.awaitText("The query side cannot reach the broker. Writes go on");
        away.answer("/admin/feed", 500, FAILED);
        away.awaitText("The query side does not answer: no database. See whether");
    }

    private static JsonNode feed(@Nullable Integer lag) {
        return Json.mapper().readTree("""
                {"topic": "opsflow.events", "parked_count": 0, "parked": [],
                 "partitions": [{"partition": 0, "next_offset": 5, "end_offset": 7, "lag": %s}]}
                """.formatted(lag));
    }
}
