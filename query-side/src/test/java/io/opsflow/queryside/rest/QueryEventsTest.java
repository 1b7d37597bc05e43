package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.OTHER_DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.CATEGORY;
import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatusChanged;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Two tasks and what happened to them, each audit event called by a letter: kim creates the first (a), lee renames and
 * prioritizes it (b), starts it and takes it (c, d), it is moved to project-2 with its data changed (e); kim creates the
 * second (f), and deletes it (g).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryEventsTest extends PastTest {

    private static final String KIM = "kim@example.com";
    private static final String LEE = "lee@example.com";

    private final String first = newTask();
    private final String second = newTask();
    private List<String> ids;

    @BeforeAll
    void whatHappened() {
        List<EventRecord> a = happens(KIM, created(first, "Disk is full", "project-1", "{}", EIGHT));
        List<EventRecord> b = happens(
                LEE, new TaskRenamed(first, "Disk is fine", NINE), new TaskPrioritized(first, Priority.HIGH, NINE));
        List<EventRecord> cd = happens(
                LEE,
                new TaskStatusChanged(first, CATEGORY, TODO, DOING, TEN, null, TEN),
                new TaskAssigned(first, LEE, TEN));
        List<EventRecord> e = happens(
                LEE,
                new TaskDataChanged(first, object("{\"cost\": 1.50, \"tags\": [\"disk\"]}"), TEN.plusMillis(1)),
                new TaskMoved(first, "project-1", "project-2", TEN.plusMillis(1)));
        List<EventRecord> f = happens(KIM, created(second, "Node is down", "project-1", "{}", TEN.plusMillis(2)));
        List<EventRecord> g = happens(KIM, new TaskDeleted(second, CATEGORY, TODO, ELEVEN));
        ids = List.of(id(a, 0), id(b, 0), id(cd, 0), id(cd, 1), id(e, 0), id(f, 0), id(g, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                // the whole, the newest first, and of one moment by id
                "{} | g f e c d b a",
                "{'query': {}} | g f e c d b a",
                // request parameters
                "{'task_id': 'FIRST'} | e c d b a",
                "{'task_id': ['SECOND', 'FIRST']} | g f e c d b a",
                "{'event_type': 'UPDATED'} | e d b",
                "{'event_type': ['CREATED', 'DELETED']} | g f a",
                "{'eventType': 'CHANGE_STATUS'} | c",
                "{'event_type': 'created'} | ##",
                "{'created_type': 'USER'} | g f e c d b a",
                "{'created_type': 'SYSTEM'} | ##",
                "{'created_by': 'lee@example.com'} | e c d b",
                "{'event_id': 'EVENT_C'} | c",
                "{'event_id': ['EVENT_A', 'EVENT_G', 'event-ffffffffffff']} | g a",
                "{'project_id': 'project-2'} | e",
                "{'project_id': 'project-1'} | g f c d b a",
                "{'workspace_id': 'another'} | g f e c d b a",
                "{'task_id': 'FIRST', 'created_by': 'kim@example.com'} | a",
                // texts
                "F{'k': 'event_type', 'v': 'UPDATED', 'o': 'eq'} | e d b",
                "F{'k': 'event_type', 'v': 'UPDATED', 'o': 'not'} | g f c a",
                "F{'k': 'event_type', 'v': ['UPDATED', 'CREATED'], 'o': 'in'} | f e d b a",
                "F{'k': 'event_type', 'v': ['UPDATED', 'CREATED'], 'o': 'not_in'} | g c",
                "F{'k': 'name', 'v': 'Status changed', 'o': 'eq'} | c",
                "F{'k': 'name', 'v': 'task', 'o': 'contain'} | g f e d b a",
                "F{'k': 'name', 'v': 'task', 'o': 'not_contain'} | c",
                "F{'k': 'description', 'v': 'IN PROGRESS', 'o': 'contain'} | c",
                "F{'k': 'description', 'v': ['node is down', 'moved'], 'o': 'contain_in'} | g f e",
                "F{'k': 'description', 'v': 'renamed it .* and', 'o': 'regex'} | b",
                "F{'k': 'description', 'v': '^lee', 'o': 'regex'} | e c d b",
                "F{'k': 'created_by', 'v': 'l', 'o': 'gt'} | e c d b",
                "F{'k': 'created_by', 'v': true, 'o': 'exists'} | g f e c d b a",
                "F{'k': 'domain_id', 'v': 'domain-000000000001', 'o': 'not'} | ##",
                // times
                "F{'k': 'created_at', 'v': '2024-12-05T10:00:00.000Z', 'o': 'eq'} | c d",
                "F{'k': 'created_at', 'v': '2024-12-05T10:00:00.000Z', 'o': 'gt'} | g f e",
                "F{'k': 'updated_at', 'v': '2024-12-05T10:00:00.001Z', 'o': 'datetime_gte'} | g f e",
                "F{'k': 'created_at', 'v': '2024-12-05T09', 'o': 'lte'} | b a",
                "F{'k': 'created_at', 'v': 'now - 1d', 'o': 'timediff_lt'} | g f e c d b a",
                "F{'k': 'created_at', 'v': 'now - 1d', 'o': 'timediff_gt'} | ##",
                // inside additional_info
                "F{'k': 'additional_info.created_by', 'v': true, 'o': 'exists'} | f a",
                "F{'k': 'additional_info.updated_by', 'v': 'lee@example.com', 'o': 'eq'} | e d b",
                "F{'k': 'additional_info.before_status.status_type', 'v': 'TODO', 'o': 'eq'} | c",
                "F{'k': 'additional_info.after_status.name', 'v': 'in progress', 'o': 'contain'} | c",
                "F{'k': 'additional_info.updated_data.updated_field', 'v': 'priority', 'o': 'eq'} | b",
                "F{'k': 'additional_info.updated_data.updated_field', 'v': ['assignee', 'data'], 'o': 'in'} | e d",
                "F{'k': 'additional_info.updated_data.0.updated_field', 'v': 'name', 'o': 'eq'} | b",
                "F{'k': 'additional_info.updated_data.updated_content.cost', 'v': 1.5, 'o': 'eq'} | e",
                "F{'k': 'additional_info.updated_data.updated_content.tags', 'v': 'disk', 'o': 'eq'} | e",
                "F{'k': 'additional_info.updated_data', 'v': {'updated_field': 'priority', 'updated_content': 'HIGH'},"
                        + " 'o': 'match'} | b",
                "F{'k': 'additional_info.deleted_at', 'v': '2024-12-05T11:00:00.000Z', 'o': 'eq'} | g",
                // or, keyword, sort, page
                "{'query': {'filter_or': [{'k': 'event_type', 'v': 'DELETED', 'o': 'eq'},"
                        + " {'k': 'created_at', 'v': '2024-12-05T09', 'o': 'lt'}]}} | g a",
                "{'query': {'filter_or': [{'k': 'event_type', 'v': 'DELETED', 'o': 'eq'},"
                        + " {'k': 'event_type', 'v': 'CREATED', 'o': 'eq'}]}, 'task_id': 'SECOND'} | g f",
                "{'query': {'keyword': 'STATUS deleted'}} | g c",
                "{'query': {'keyword': 'EVENT_B'}} | b",
                "{'query': {'sort': [{'key': 'created_at'}]}} | a b c d e f g",
                "{'query': {'sort': [{'key': 'event_type'}, {'key': 'created_at', 'desc': true}]}} | c f a g e d b",
                "{'query': {'sort': [{'key': 'additional_info.after_status.name', 'desc': true},"
                        + " {'key': 'event_id'}]}} | c a b d e f g",
                "{'query': {'page': {'start': 2, 'limit': 3}}} | f e c",
                "{'query': {'sort': [{'key': 'event_id'}], 'page': {'limit': 2}}} | a b",
                "{'query': {'minimal': true}} | g f e c d b a",
            })
    void aListHolds(String request, String letters) {
        assertThat(letters(list(owner, request))).isEqualTo(letters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "{'distinct': 'event_type'} | 'CHANGE_STATUS' 'CREATED' 'DELETED' 'UPDATED'",
                "{'distinct': 'created_by'} | 'kim@example.com' 'lee@example.com'",
                "{'distinct': 'project_id', 'filter': [{'k': 'created_by', 'v': 'lee@example.com', 'o': 'eq'}]}"
                        + " | 'project-1' 'project-2'",
                "G{'keys': [{'k': 'event_type', 'n': 't'}], 'fields': [{'n': 'n', 'o': 'count'}]}"
                        + " | {'t':'CHANGE_STATUS','n':1} {'t':'CREATED','n':2} {'t':'DELETED','n':1} {'t':'UPDATED','n':3}",
                "G{'keys': [{'k': 'created_by', 'n': 't'}], 'fields': [{'n': 'n', 'o': 'count', 'conditions':"
                        + " [{'k': 'event_type', 'v': 'UPDATED', 'o': 'eq'}]}]}"
                        + " | {'t':'kim@example.com','n':0} {'t':'lee@example.com','n':3}",
                "G{'keys': [{'k': 'created_at', 'n': 't', 'date_format': '%H'}], 'fields': [{'n': 'n', 'o': 'count'}]}"
                        + " | {'t':'08','n':1} {'t':'09','n':1} {'t':'10','n':4} {'t':'11','n':1}",
                "G{'keys': [{'k': 'task_id', 'n': 't'}], 'fields': [{'k': 'created_at', 'n': 'n', 'o': 'max'}]}"
                        + " | {'t':'FIRST','n':'2024-12-05T10:00:00.001Z'} {'t':'SECOND','n':'2024-12-05T11:00:00.000Z'}",
                "G{'keys': [{'k': 'created_by', 'n': 't'}], 'fields': [{'k': 'project_id', 'n': 'n', 'o': 'add_to_set'}]}"
                        + " | {'t':'kim@example.com','n':['project-1']}"
                        + " {'t':'lee@example.com','n':['project-1','project-2']}",
                "{'aggregate': [{'count': {'name': 'n'}}]} | {'n':7}",
                "{'filter': [{'k': 'event_type', 'v': 'x', 'o': 'eq'}], 'aggregate': [{'count': {'name': 'n'}}]} | {'n':0}",
                "{'aggregate': [{'unwind': {'path': 'additional_info.updated_data'}}, {'group': {'keys':"
                        + " [{'k': 'additional_info.updated_data.updated_field', 'n': 't'}], 'fields':"
                        + " [{'n': 'n', 'o': 'count'}]}}, {'sort': [{'key': 't'}]}]} | {'t':'assignee','n':1}"
                        + " {'t':'data','n':1} {'t':'name','n':1} {'t':'priority','n':1} {'t':'project_id','n':1}",
                "{'aggregate': [{'sort': [{'key': 'event_id'}]}, {'limit': 2}, {'project': {'fields':"
                        + " [{'k': 'event_type', 'n': 't'}]}}]} | {'t':'CREATED'} {'t':'UPDATED'}",
                "{'aggregate': [{'sort': [{'key': 'event_id', 'desc': true}]}, {'skip': 5}, {'project': {'fields':"
                        + " [{'k': 'name', 'n': 't'}]}}]} | {'t':'Task updated'} {'t':'Task created'}",
            })
    void aStatAnswers(String query, String results) {
        String written = query.startsWith("G{")
                ? "{'aggregate': [{'group': %s}, {'sort': [{'key': 't'}]}]}".formatted(query.substring(1))
                : query;
        JsonNode answer =
                event(owner, "stat", "{'query': %s}".formatted(written)).json();
        assertThat(answer.get("results")
                        .valueStream()
                        .map(row -> Json.write(row)
                                .replace('"', '\'')
                                .replace(first, "FIRST")
                                .replace(second, "SECOND")))
                .containsExactly(results.split(" (?=['{])(?![^{]*})"));
    }

    @Test
    void anEventIsAnsweredWithAllItsFields() {
        JsonNode started = list(owner, "{'event_id': 'EVENT_C'}").get("results").get(0);
        assertThat(Json.write(started).replace('"', '\''))
                .isEqualTo(("{'event_id':'%s','event_type':'CHANGE_STATUS','name':'Status changed',"
                                + "'description':'lee@example.com changed the status of the task \\'Disk is fine\\'"
                                + " from To Do to In Progress.','created_type':'USER','created_by':'lee@example.com',"
                                + "'additional_info':{'changed_by':'lee@example.com','changed_at':'2024-12-05T10:00:00.000Z',"
                                + "'before_status':{'name':'To Do','status_type':'TODO'},"
                                + "'after_status':{'name':'In Progress','status_type':'IN_PROGRESS'}},"
                                + "'domain_id':'%s','workspace_id':'%s','project_id':'project-1','task_id':'%s',"
                                + "'created_at':'2024-12-05T10:00:00.000Z','updated_at':'2024-12-05T10:00:00.000Z'}")
                        .formatted(ids.get(2), DOMAIN, workspace, first));
        JsonNode moved = list(owner, "{'event_id': 'EVENT_E'}").get("results").get(0);
        assertThat(moved.get("project_id").stringValue()).isEqualTo("project-2");
        assertThat(Json.write(moved.get("additional_info").get("updated_data")).replace('"', '\''))
                .isEqualTo("[{'updated_field':'data','updated_content':{'cost':1.50,'tags':['disk']}},"
                        + "{'updated_field':'project_id','updated_content':'project-2'}]");
    }

    @Test
    void onlyWhatIsAskedForIsAnswered() {
        JsonNode row = list(
                        owner,
                        "{'event_id': 'EVENT_C', 'query': {'only': ['name', 'additional_info.after_status.name']}}")
                .get("results")
                .get(0);
        assertThat(row.get("name").stringValue()).isEqualTo("Status changed");
        assertThat(row.get("event_type").stringValue()).isEmpty();
        assertThat(Json.write(row.get("additional_info"))).isEqualTo("{\"after_status\":{\"name\":\"In Progress\"}}");
        assertThat(event(owner, "list", "{'query': {'count_only': true}}").body())
                .isEqualTo("{\"results\":[],\"total_count\":7}");
    }

    @Test
    void aMemberSeesTheEventsOfTasksThatAreInItsProjectsNow() {
        assertThat(letters(list(member("project-1"), "{}"))).isEqualTo("g f");
        assertThat(letters(list(member("project-2"), "{}"))).isEqualTo("e c d b a");
        assertThat(letters(list(member("project-2"), "{'project_id': 'project-1'}")))
                .isEqualTo("c d b a");
        assertThat(letters(list(member("project-1", "project-2"), "{}"))).isEqualTo("g f e c d b a");
        assertThat(letters(list(member(), "{}"))).isEmpty();
        String unbound = token(DOMAIN, "WORKSPACE_MEMBER", workspace).build();
        assertThat(letters(list(unbound, "{}"))).isEqualTo("g f e c d b a");
        assertThat(event(member("project-1"), "stat", "{'query': {'distinct': 'task_id'}}")
                        .body())
                .doesNotContain(first)
                .contains(second);
    }

    @Test
    void strangersSeeNothing() {
        for (String stranger : List.of(
                token(DOMAIN, "WORKSPACE_OWNER", "workspace-other").build(),
                token(DOMAIN, "WORKSPACE_MEMBER", "workspace-other").build(),
                token(OTHER_DOMAIN, "DOMAIN_ADMIN", workspace).build(),
                token(OTHER_DOMAIN, "WORKSPACE_OWNER", workspace).build())) {
            for (String request : List.of(
                    "{'task_id': '%s'}".formatted(first),
                    "{'event_id': 'EVENT_A'}",
                    "{'workspace_id': '%s'}".formatted(workspace),
                    "{'query': {'filter_or': [{'k': 'workspace_id', 'v': '%s', 'o': 'eq'}]}}".formatted(workspace))) {
                assertThat(letters(list(stranger, request))).as(request).isEmpty();
            }
            assertThat(event(stranger, "stat", "{'query': {'distinct': 'task_id'}}")
                            .body())
                    .doesNotContain(first);
        }
        String admin = token(DOMAIN, "DOMAIN_ADMIN", workspace).build();
        assertThat(letters(list(admin, "{'workspace_id': '%s'}".formatted(workspace))))
                .isEqualTo("g f e c d b a");
    }

    @Test
    void wrongRequestsAreRefused() {
        invalid(
                event(owner, "list", "{'query': {'filter': [{'k': 'colour', 'v': 1, 'o': 'eq'}]}}"),
                "query.filter[0].key",
                "unknown key");
        invalid(event(owner, "list", "{'name': 'x'}"), "name", "unknown member");
        required(event(owner, "stat", "{}"), "query");
        required(event(owner, "stat", "{'query': {}}"), "aggregate");
        String mayNotRead = token(DOMAIN, "WORKSPACE_OWNER", workspace)
                .permissions(List.of("opsflow:Task.read"))
                .build();
        refused(event(mayNotRead, "list", "{}"), 403, "ERROR_PERMISSION_DENIED", "Permission denied.");
        refused(event(mayNotRead, "stat", "{}"), 403, "ERROR_PERMISSION_DENIED", "Permission denied.");
    }

    private static Answer event(String token, String verb, String request) {
        return post(token, "event/" + verb, request);
    }

    /** @param request FIRST and SECOND stand for the tasks, EVENT_A and so on for events; F before one condition */
    private JsonNode list(String token, String request) {
        String whole =
                request.startsWith("F{") ? "{'query': {'filter': [%s]}}".formatted(request.substring(1)) : request;
        String named = whole.replace("FIRST", first).replace("SECOND", second);
        for (int i = 0; i < ids.size(); i++) {
            named = named.replace("EVENT_" + (char) ('A' + i), ids.get(i));
        }
        var answer = event(token, "list", named);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String letters(JsonNode answer) {
        List<String> letters = answer.get("results")
                .valueStream()
                .map(row -> String.valueOf(
                        (char) ('a' + ids.indexOf(row.get("event_id").stringValue()))))
                .toList();
        return String.join(" ", letters);
    }

    private static String id(List<EventRecord> request, int number) {
        return "event-%012x".formatted(request.get(number).globalIndex());
    }
}
