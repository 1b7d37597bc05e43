package io.opsflow.queryside.query;

import io.opsflow.api.audit.EventInfo;
import io.opsflow.api.query.QuerySchema;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jooq.impl.DSL;

/** Audit events as list and stat read them. They stay when their task is deleted. */
final class EventResource {

    private EventResource() {}

    static Resource<EventInfo> of() {
        return new Resource<>(
                QuerySchema.EVENT,
                DSL.table(DSL.name("audit_event")),
                Set.of(),
                Set.of(),
                Set.of("additional_info"),
                Resource.Place.PROJECT_OF_TASK,
                false,
                EventResource::info,
                UnaryOperator.identity());
    }

    private static EventInfo info(AnswerRow row) {
        return new EventInfo(
                row.text("event_id"),
                row.text("event_type"),
                row.text("name"),
                row.text("description"),
                row.text("created_type"),
                row.text("created_by"),
                row.object("additional_info"),
                row.text("domain_id"),
                row.text("workspace_id"),
                row.text("project_id"),
                row.text("task_id"),
                row.time("created_at"),
                row.time("updated_at"));
    }
}
