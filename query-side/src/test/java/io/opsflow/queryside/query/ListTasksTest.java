package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.task.FileInfo;
import io.opsflow.api.task.TaskInfo;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListTasksTest extends QueryTest {

    @Test
    void anAnswerHoldsEveryFieldAndTheDigitsThatWereSent() {
        task(
                "task-1",
                "{'z': 1.50, 'a': 1e2, 'big': 12345678901234567890.10}",
                Map.of("files", "['file-1']", "started_at", "2025-01-02T03:04:05Z"));
        TaskInfo task = list("{}").results().getFirst();
        assertThat(Json.write(task.data())).isEqualTo("{\"z\":1.50,\"a\":1e2,\"big\":12345678901234567890.10}");
        assertThat(task.description()).isEmpty();
        assertThat(task.assignee()).isEmpty();
        assertThat(task.startedAt()).isEqualTo("2025-01-02T03:04:05.000Z");
        assertThat(task.completedAt()).isEmpty();
        assertThat(task.files()).extracting(FileInfo::downloadUrl).containsExactly("https://files.example.com/file-1");
    }

    @Test
    void theNewestComeFirstAndTheIdBreaksTies() {
        task("task-b", Map.of());
        task("task-a", Map.of());
        task("task-c", Map.of("created_at", "2025-01-02T00:00:00Z"));
        assertThat(ids(list("{}"))).containsExactly("task-c", "task-a", "task-b");
    }

    @Test
    void aPageStartsAtARowAndTheTotalCountsAll() {
        for (String id : new String[] {"task-1", "task-2", "task-3", "task-4"}) {
            task(id, Map.of());
        }
        ListAnswer<TaskInfo> page = list("{'sort': [{'key': 'task_id'}], 'page': {'start': 2, 'limit': 2}}");
        assertThat(ids(page)).containsExactly("task-2", "task-3");
        assertThat(page.totalCount()).isEqualTo(4);
        ListAnswer<TaskInfo> pastTheEnd = list("{'page': {'start': 99, 'limit': 2}}");
        assertThat(pastTheEnd.results()).isEmpty();
        assertThat(pastTheEnd.totalCount()).isEqualTo(4);
    }

    @Test
    void minimalAnswersWhatABoardShows() {
        task("task-1", "{'a': 1}", Map.of("assignee", "kim"));
        TaskInfo task = list("{'minimal': true}").results().getFirst();
        assertThat(task.taskId()).isEqualTo("task-1");
        assertThat(task.assignee()).isEqualTo("kim");
        assertThat(task.createdBy()).isEmpty();
        assertThat(task.createdAt()).isEmpty();
        assertThat(Json.write(task.data())).isEqualTo("{}");
    }

    @Test
    void onlyAnswersTheNamedFields() {
        task(
                "task-1",
                "{'a': {'x': 1, 'y': 2}, 'list': [{'x': 1, 'y': 2}, 3, {'y': 4}], 'b': 1}",
                Map.of("files", "['f']"));
        TaskInfo task = list("{'only': ['name', 'data.a.x', 'data.list.x', 'data.nope']}")
                .results()
                .getFirst();
        assertThat(task.name()).isEqualTo("Task task-1");
        assertThat(task.taskId()).isEmpty();
        assertThat(task.files()).isEmpty();
        assertThat(Json.write(task.data())).isEqualTo("{\"a\":{\"x\":1},\"list\":[{\"x\":1},{}]}");
        assertThat(list("{'only': ['files']}").results().getFirst().files())
                .extracting(file -> file.reference().resourceId())
                .containsExactly("task-1");
    }

    @Test
    void unwindAnswersARowForEachElement() {
        task("task-1", "{'tags': ['net', 'Db'], 'b': 1}");
        task("task-2", "{'tags': []}");
        task("task-3", "{}");
        ListAnswer<TaskInfo> rows = list("{'only': ['task_id', 'data.tags'], 'unwind': {'path': 'data.tags'}}");
        assertThat(rows.totalCount()).isEqualTo(2);
        assertThat(rows.results())
                .extracting(row -> row.taskId() + Json.write(row.data()))
                .containsExactly("task-1{\"tags\":\"net\"}", "task-1{\"tags\":\"Db\"}");
    }

    @Test
    void theFilterOfAnUnwindTellsCasesApart() {
        task("task-1", "{'tags': ['net', 'Net', 'db']}");
        ListAnswer<TaskInfo> rows = list("""
                {'only': ['data.tags'],
                 'unwind': {'path': 'data.tags', 'filter': [{'k': 'data.tags', 'o': 'contain', 'v': 'N'}]}}""");
        assertThat(rows.results()).extracting(row -> Json.write(row.data())).containsExactly("{\"tags\":\"Net\"}");
    }

    @Test
    void unwoundFilesAreFiles() {
        task("task-1", Map.of("files", "['file-1', 'file-2']"));
        assertThat(list("{'only': ['files'], 'unwind': {'path': 'files'}}").results())
                .extracting(row -> row.files().getFirst().fileId())
                .containsExactly("file-1", "file-2");
    }

    @Test
    void whatWasDeletedIsLeftOut() {
        task("task-1", Map.of());
        database().dsl().execute("update task set deleted = true");
        assertThat(list("{}").totalCount()).isZero();
        assertThat(stages("{'count': {'name': 'n'}}")).containsExactly("{'n':0}");
    }

    @Test
    void blanksAreNoKeyword() {
        task("task-1", Map.of());
        assertThat(list("{'keyword': '  '}").totalCount()).isOne();
        assertThat(list("{'keyword': 'nope TASK-1'}").totalCount()).isOne();
        assertThat(list("{'keyword': 'nope'}").totalCount()).isZero();
    }
}
