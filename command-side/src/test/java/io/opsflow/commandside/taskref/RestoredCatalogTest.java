package io.opsflow.commandside.taskref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.eventstore.StoreTrust;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The store is restored to a point before a category's last change, while a node runs on that knows of that change. */
class RestoredCatalogTest extends TaskRefTest {

    private static final String LOST = "status-lost";
    private static final String OTHER = "status-other";

    private static final String GO_BACK = """
            alter table domain_event disable trigger domain_event_is_append_only;
            delete from domain_event where global_index >= %1$d;
            alter table domain_event enable trigger domain_event_is_append_only;
            delete from task_ref;
            update task_ref_position set global_index = %1$d - 1;
            update relay_topic set given_up = true
            """;

    @Test
    void nothingIsDecidedByACategoryThatTheStoreNeverHadAtThatVersion() {
        send(statuses(false, TODO, NEW, LOST));
        send(task(id(1), LOST));
        awaitTableAtHead();
        StoreTrust trust = node.getBean(StoreTrust.class);
        sql.sql(GO_BACK.formatted(indexes("task-category.statuses_changed").getFirst()))
                .update();
        await().atMost(Duration.ofSeconds(20)).until(() -> trust.look().doubt() != null);
        trust.decide();
        try (ConfigurableApplicationContext other = start()) {
            send(other, statuses(false, TODO, NEW, OTHER));
        }

        assertThatThrownBy(() -> send(task(id(2), LOST))).isInstanceOf(ApiException.class);
        send(task(id(3), OTHER));
        assertThat(holders(LOST)).isEmpty();
        assertThat(holders(OTHER)).containsExactly(id(3));
    }
}
