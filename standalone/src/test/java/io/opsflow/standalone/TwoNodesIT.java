package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the two nodes remember is never a reason to decide anything that the other has made wrong. */
class TwoNodesIT extends TwoNodesTest {

    @Test
    void aHundredRepeatsOfOneCreateMakeOneTaskAndGetOneAnswer() throws Exception {
        Map<String, String> key = Map.of("Idempotency-Key", "one");
        List<ApiClient.Answer> answers = together(100, i -> owner(i % 2).task("create", aTask("Disk full"), key));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(answer -> answer.response().body()).distinct())
                .hasSize(1);
        assertThat(eventsOfTasksNamed("Disk full")).isEqualTo(1);
    }

    @Test
    void aHundredRepeatsOfAChangeAreOneChangeWhateverElseHappensToTheTask() throws Exception {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        Map<String, String> headers = Map.of("Idempotency-Key", "two", "If-Match", "\"0\"");
        List<ApiClient.Answer> answers =
                together(100, i -> owner(i % 2).task("update", Map.of("task_id", id, "assignee", "kim"), headers));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        assertThat(answers.stream().map(answer -> answer.response().body()).distinct())
                .hasSize(1);
    }

    @Test
    void aHundredRepeatsOfADeleteAreOneDelete() throws Exception {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        List<ApiClient.Answer> answers = together(
                100, i -> owner(i % 2).task("delete", Map.of("task_id", id), Map.of("Idempotency-Key", "three")));

        assertThat(answers)
                .allMatch(answer -> answer.status() == 200 && answer.body().isEmpty());
    }

    @Test
    void whatOneNodeRemembersIsNoReasonToSayThatNothingChanges() {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        owner(1).task("update", Map.of("task_id", id, "name", "y"));

        var back = owner(0).task("update", Map.of("task_id", id, "name", "x"));

        assertThat(back.version()).isEqualTo(2);
        assertThat(back.text("name")).isEqualTo("x");
    }

    @Test
    void whatOneNodeRemembersIsNoReasonToAnswerForATaskThatIsGone() {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        owner(1).task("delete", Map.of("task_id", id));

        assertThat(owner(0).task("update", Map.of("task_id", id, "name", "x")).status())
                .isEqualTo(404);
    }

    @Test
    void whatOneNodeRemembersIsNoReasonToRefuseAVersion() {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        owner(1).task("update", Map.of("task_id", id, "name", "y"));

        Map<String, String> ifMatch = Map.of("If-Match", "\"1\"");
        assertThat(owner(0).task("update", Map.of("task_id", id, "assignee", "kim"), ifMatch)
                        .version())
                .isEqualTo(2);
        assertThat(owner(1).task("update", Map.of("task_id", id, "assignee", "lee"), ifMatch)
                        .status())
                .isEqualTo(412);
    }

    @Test
    void catalogChangesHoldForEveryWriteThatIsAnsweredAfterThemOnAnyNode() {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        owner(1).task("create", aTask("x"));
        String waiting = addWaiting();

        assertThat(owner(0).task("change_status", Map.of("task_id", id, "status_id", waiting))
                        .status())
                .isEqualTo(200);

        admin(1).post("/opsflow/v1/task-category/delete", Map.of("category_id", category.text("category_id")));
        assertThat(owner(0).task("create", aTask("y")).status()).isEqualTo(400);
        assertThat(owner(0).task("change_status", Map.of("task_id", id, "status_id", done))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whatOneNodeRemembersIsNoReasonToCreateATaskInAStatusThatWasRemoved() {
        String waiting = addWaiting();
        owner(0).task("create", aTask("x", waiting));
        String id = owner(0).task("create", aTask("y")).text("task_id");

        assertThat(removeWaiting(1).status()).isEqualTo(200);

        var created = owner(0).task("create", aTask("z", waiting));
        var changed = owner(0).task("change_status", Map.of("task_id", id, "status_id", waiting));
        assertThat(List.of(created, changed)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("ERROR_INVALID_PARAMETER");
            assertThat(answer.message()).contains("status_id");
        });
    }

    @Test
    void noTaskEntersAStatusOnceItsRemovalIsStoredWhicheverNodeItComesTo() throws Exception {
        String waiting = addWaiting();
        List<ApiClient.Answer> answers = together(
                200, i -> i == 30 ? removeWaiting(1) : owner(i % 2).task("create", aTask("Late " + i, waiting)));

        assertThat(answers.get(30).status()).isEqualTo(200);
        assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 400);
        assertThat(numberOf("""
                        select count(*) from event_store.domain_event as entered
                         where event_name = 'task.created' and payload -> 'status' ->> 'status_id' = ?
                           and global_index > (select max(global_index) from event_store.domain_event
                                                where aggregate_id = entered.payload ->> 'category_id')
                        """, waiting)).isZero();
        assertThat(numberOf("""
                        select count(*) from event_store.domain_event
                         where event_name = 'task.created' and payload -> 'status' ->> 'status_id' = ?
                        """, waiting))
                .isEqualTo(answers.stream()
                                .filter(answer -> answer.status() == 200)
                                .count()
                        - 1);
    }

    @Test
    void changesOfDifferentFieldsAtTheSameTimeAllSucceedAndTheStoreHasNoHoles() throws Exception {
        String id = owner(0).task("create", aTask("x")).text("task_id");
        List<String> fields = List.of("name", "assignee", "description");
        List<ApiClient.Answer> answers = together(120, i -> {
            long until = System.nanoTime()
                    + ThreadLocalRandom.current().nextLong(Duration.ofMillis(20).toNanos());
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return owner(i % 2).task("update", Map.of("task_id", id, fields.get(i % 3), "value " + i));
        });

        assertThat(answers).allMatch(answer -> answer.status() == 200, "200");
        assertThat(answers.stream().map(ApiClient.Answer::version).sorted())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 120).boxed().toList());
        try (Connection connection = connect();
                ResultSet holes = connection
                        .createStatement()
                        .executeQuery("select max(global_index) - count(*) from event_store.domain_event")) {
            holes.next();
            assertThat(holes.getLong(1)).isZero();
        }
    }

    private static long eventsOfTasksNamed(String name) throws SQLException {
        return numberOf(
                "select count(*) from event_store.domain_event"
                        + " where event_name = 'task.created' and payload ->> 'name' = ?",
                name);
    }

    private static long numberOf(String count, String parameter) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(count)) {
            statement.setString(1, parameter);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getLong(1);
        }
    }

    /** A second status of TODO; its id. */
    private String addWaiting() {
        var added = updateTodo(1, List.of(Map.of("status_id", todo, "name", "To do"), Map.of("name", "Waiting")));
        return added.body().at("/status_options/TODO/1/status_id").stringValue();
    }

    private ApiClient.Answer removeWaiting(int node) {
        return updateTodo(node, List.of(Map.of("status_id", todo, "name", "To do")));
    }

    private ApiClient.Answer updateTodo(int node, List<Map<String, String>> options) {
        return admin(node)
                .post(
                        "/opsflow/v1/task-category/update",
                        Map.of(
                                "category_id",
                                category.text("category_id"),
                                "force",
                                true,
                                "status_options",
                                Map.of(
                                        "TODO", options,
                                        "IN_PROGRESS", List.of(Map.of("status_id", status("IN_PROGRESS"), "name", "x")),
                                        "COMPLETED", List.of(Map.of("status_id", done, "name", "x")))));
    }
}
