package io.opsflow.queryside.audit;

import static io.opsflow.queryside.fixture.TaskEvents.NOON;
import static io.opsflow.queryside.fixture.TaskEvents.object;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsflow.api.audit.FieldChange;
import io.opsflow.api.audit.TaskChange;
import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.TaskEvents;
import io.opsflow.queryside.query.AnswerRoom;
import io.opsflow.web.file.FileLinks;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskHistoriesTest {

    private static final String TASK = TaskEvents.id(1);

    @Test
    void dataIsReadOnceForEachEventThatChangesIt() {
        List<TaskChange> told = tell(
                0,
                taskCreated(TASK, "{\"cost\": 1}"),
                taskRenamed(TASK, "two"),
                new TaskDataChanged(TASK, object("{\"cost\": 2}"), NOON),
                taskRenamed(TASK, "four"),
                taskRenamed(TASK, "five"),
                new TaskDataChanged(TASK, object("{\"cost\": 3}"), NOON));

        assertThat(data(told.get(3)).from()).isSameAs(data(told.get(5)).to());
        assertThat(data(told.get(0)).from()).isSameAs(data(told.get(3)).to());
        assertThat(told.get(0).changes())
                .containsExactly(new FieldChange("data", object("{\"cost\": 2}"), object("{\"cost\": 3}")));
    }

    @Test
    void thatOfTheVersionBeforeTheOldestIsRead() {
        List<TaskChange> told = tell(
                2,
                taskCreated(TASK, "{\"cost\": 1}"),
                taskRenamed(TASK, "two"),
                new TaskDataChanged(TASK, object("{\"cost\": 2}"), NOON));

        assertThat(told)
                .singleElement()
                .satisfies(change -> assertThat(change.changes())
                        .containsExactly(new FieldChange("data", object("{\"cost\": 1}"), object("{\"cost\": 2}"))));
    }

    private static List<TaskChange> tell(long oldest, DomainEvent... life) {
        AnswerRoom room = new AnswerRoom(Long.MAX_VALUE, end -> {}, new SimpleMeterRegistry());
        TaskHistory history =
                new TaskHistory(new FileLinks("/files/{file_id}"), oldest, room.answer(TaskEvents.OWNER, "page.limit"));
        new Happenings().request(life).forEach(history::add);
        return history.newestFirst();
    }

    private static FieldChange data(TaskChange change) {
        return change.changes().stream()
                .filter(changed -> changed.field().equals("data"))
                .findFirst()
                .orElseThrow();
    }
}
