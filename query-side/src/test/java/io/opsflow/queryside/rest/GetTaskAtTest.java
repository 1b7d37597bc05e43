package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.OTHER_DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.CATEGORY;
import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskRenamed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class GetTaskAtTest extends PastTest {

    private final String id = newTask();

    @Test
    void itAnswersWhatGetAnsweredWithTheETagOfThen() {
        happens(created(id, "Disk is full", "project-1", "{\"b\": 1.50, \"a\": [1e3, null]}", EIGHT));
        var first = get();
        happens(new TaskRenamed(id, "Disk is fine", NINE), new TaskAssigned(id, "lee", NINE));
        var second = get();
        assertThat(atVersion("0")).isEqualTo(first);
        assertThat(at("2024-12-05T08:00:00.000Z")).isEqualTo(first);
        assertThat(at("2024-12-05T08:59:59.999Z")).isEqualTo(first);
        assertThat(atVersion("2")).isEqualTo(second);
        assertThat(at("2024-12-05T09:00:00Z")).isEqualTo(second);
        assertThat(at(Instant.now().toString())).isEqualTo(second);
        assertThat(first.etag()).isEqualTo("\"0\"");
        assertThat(second.etag()).isEqualTo("\"2\"");
    }

    @Test
    void aVersionWithinARequestIsAnsweredToo() {
        happens(created(id, EIGHT));
        happens(new TaskRenamed(id, "Disk is fine", NINE), new TaskAssigned(id, "lee", NINE));
        var between = atVersion("1");
        assertThat(between.etag()).isEqualTo("\"1\"");
        assertThat(between.json().get("name").stringValue()).isEqualTo("Disk is fine");
        assertThat(between.json().get("assignee").stringValue()).isEmpty();
    }

    @Test
    void theLastOfSeveralRequestsInOneMillisecondCounts() {
        happens(created(id, EIGHT));
        happens(new TaskRenamed(id, "a", EIGHT));
        happens(new TaskRenamed(id, "b", EIGHT));
        assertThat(at("2024-12-05T08").etag()).isEqualTo("\"2\"");
    }

    @Test
    void beforeItsCreationAndFromItsDeletionOnThereIsNone() {
        happens(created(id, EIGHT));
        happens(new TaskDeleted(id, CATEGORY, TODO, TEN));
        notFound(at("2024-12-05T07:59:59.999Z"), id);
        notFound(at("0001"), id);
        assertThat(at("2024-12-05T09:59:59.999Z").status()).isEqualTo(200);
        notFound(at("2024-12-05T10:00:00.000Z"), id);
        notFound(at(Instant.now().toString()), id);
        assertThat(atVersion("0").status()).isEqualTo(200);
        notFound(atVersion("1"), id);
        notFound(atVersion("2"), id);
        notFound(atVersion("99999999999999999999"), id);
        notFound(task("get_at", "{'task_id': 'task-ffffffffffff', 'version': 0}"), "task-ffffffffffff");
    }

    @Test
    void timesAreTakenAsInConditions() {
        happens(created(id, EIGHT));
        for (String time : new String[] {
            "2025", "2024-12-06", "20241205T080000Z", "2024-W50", "2024-12-05T17:00:00+09:00", " 2024-12-06 "
        }) {
            assertThat(at(time).status()).as(time).isEqualTo(200);
        }
        invalid(at("yesterday"), "at", "not an ISO 8601 time");
        invalid(at("2024-02-30"), "at", "not an ISO 8601 time");
        invalid(at("9999"), "at", "it lies in the future");
        invalid(at(Instant.now().plusSeconds(60).toString()), "at", "it lies in the future");
        refused(
                task("get_at", "{'task_id': '%s', 'at': 2024}".formatted(id)),
                400,
                "ERROR_INVALID_PARAMETER_TYPE",
                "Parameter type is invalid. (key = at, type = string)");
    }

    /** The clock of the node that changed a task may be ahead of the one that is asked. */
    @Test
    void whatATaskTellsOfItselfIsNotInTheFuture() {
        Instant ahead = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        happens(created(id, EIGHT));
        happens(new TaskRenamed(id, "Disk is fine", ahead));
        assertThat(at(ahead.toString())).isEqualTo(get());
        invalid(at(ahead.plusMillis(1).toString()), "at", "it lies in the future");
        String asked = "{'task_id': '%s', 'at': '%s'}".formatted(id, ahead);
        invalid(task(member("project-2"), "get_at", asked), "at", "it lies in the future");
    }

    @Test
    void itTakesATimeOrAVersion() {
        happens(created(id, EIGHT));
        required(task("get_at", "{}"), "task_id");
        required(task("get_at", "{'task_id': '%s'}".formatted(id)), "at");
        required(task("get_at", "{'task_id': '%s', 'at': '', 'version': null}".formatted(id)), "at");
        invalid(
                task("get_at", "{'task_id': '%s', 'at': '2025', 'version': 1}".formatted(id)),
                "version",
                "not beside at");
        assertThat(task("get_at", "{'task_id': '%s', 'at': '2025', 'version': 0}".formatted(id))
                        .status())
                .isEqualTo(200);
        assertThat(task("get_at", "{'taskId': '%s', 'version': '0'}".formatted(id))
                        .status())
                .isEqualTo(200);
        invalid(atVersion("-1"), "version", "it must be a whole number from 0");
        invalid(atVersion("0.5"), "version", "it must be a whole number from 0");
        refused(
                atVersion("'x'"),
                400,
                "ERROR_INVALID_PARAMETER_TYPE",
                "Parameter type is invalid. (key = version, type = integer)");
    }

    @Test
    void aMemberSeesItWhereTheTaskWasThen() {
        happens(created(id, EIGHT));
        happens(new TaskMoved(id, "project-1", "project-2", NINE));
        String first = "{'task_id': '%s', 'version': 0}".formatted(id);
        String second = "{'task_id': '%s', 'at': '2024-12-05T09:30Z'}".formatted(id);
        assertThat(task(member("project-1"), "get_at", first).status()).isEqualTo(200);
        notFound(task(member("project-1"), "get_at", second), id);
        notFound(task(member("project-2"), "get_at", first), id);
        assertThat(task(member("project-2"), "get_at", second).status()).isEqualTo(200);
        notFound(task(token(DOMAIN, "WORKSPACE_OWNER", "workspace-other").build(), "get_at", first), id);
        notFound(task(token(OTHER_DOMAIN, "DOMAIN_ADMIN", workspace).build(), "get_at", first), id);
    }

    private Answer get() {
        return task("get", "{'task_id': '%s'}".formatted(id));
    }

    private Answer at(String time) {
        return task("get_at", "{'task_id': '%s', 'at': '%s'}".formatted(id, time));
    }

    private Answer atVersion(String version) {
        return task("get_at", "{'task_id': '%s', 'version': %s}".formatted(id, version));
    }
}
