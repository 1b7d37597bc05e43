package io.opsflow.commandside.taskref;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.task.DeleteTask;
import io.opsflow.api.task.UpdateTask;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowTasksTest extends TaskRefTest {

    @Test
    void theTableKnowsEveryTaskThatIsThereWithItsTypeAndItsStatus() {
        send(task(id(1), TODO));
        send(task(id(2), TODO));
        send(task(id(3), DONE));
        send(to(id(2), DOING));
        send(to(id(2), DONE));
        send(new UpdateTask(id(1), "Disk is full", null, null, null, null, null, null, null));
        send(new DeleteTask(id(3)));

        awaitTableAtHead();

        assertThat(table())
                .containsExactly(
                        id(1) + " " + TYPE + " " + CATEGORY + " " + TODO,
                        id(2) + " " + TYPE + " " + CATEGORY + " " + DONE);
    }

    @Test
    void aTableThatIsBehindCatchesUpStepByStepAndInTheOrderOfEvents() {
        int many = TaskRefTable.STEP / 2;
        for (int i = 0; i < many; i++) {
            send(task(id(i), TODO));
            send(to(id(i), i % 2 == 0 ? DOING : DONE));
            if (i % 3 == 0) {
                send(new DeleteTask(id(i)));
            }
        }
        awaitTableAtHead();
        List<String> followed = table();

        sql.sql("truncate task_ref").update();
        sql.sql("update task_ref_position set global_index = 0").update();
        node.getBean(StoredTaskRefs.class).catchUp();

        assertThat(table()).isEqualTo(followed).hasSize(many - (many + 2) / 3);
        assertThat(table().get(1)).endsWith(DOING);
    }

    private List<String> table() {
        return sql.sql("select concat_ws(' ', task_id, task_type_id, category_id, status_id) from task_ref order by 1")
                .query(String.class)
                .list();
    }
}
