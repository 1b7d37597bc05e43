package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a resource can be asked for: its fields, in the order of its answer, and which of them play a part of their own.
 *
 * @param id the field that names a row; it breaks ties, and the keyword looks into it and the name
 * @param open the fields that dotted paths lead into
 * @param minimal the fields that {@code minimal} answers
 */
public record QuerySchema(String id, Map<String, FieldKind> fields, Set<String> open, List<String> minimal) {

    public static final String NAME = "name";
    public static final String CREATED_AT = "created_at";

    public static final QuerySchema TASK = new QuerySchema(
            "task_id",
            described()
                    .text("task_id", "name", "status_id", "status_type", "priority", "description")
                    .json("data", "files")
                    .text("assignee", "created_by", "domain_id", "workspace_id")
                    .text("project_id", "category_id", "task_type_id")
                    .time("created_at", "started_at", "updated_at", "completed_at")
                    .all(),
            Set.of("data"),
            List.of("task_id", "name", "status_id", "status_type", "priority", "assignee"));

    public static final QuerySchema TASK_CATEGORY = new QuerySchema(
            "category_id",
            described()
                    .text("category_id", "name", "description")
                    .json("status_options", "fields")
                    .text("state")
                    .json("tags")
                    .text("package_id", "domain_id")
                    .time("created_at", "updated_at", "deleted_at")
                    .all(),
            Set.of("status_options", "fields", "tags"),
            List.of("category_id", "name", "state", "package_id"));

    public static final QuerySchema TASK_TYPE = new QuerySchema(
            "task_type_id",
            described()
                    .text("task_type_id", "name", "description")
                    .json("fields", "assignee_pool", "require_project", "tags")
                    .text("domain_id", "category_id")
                    .time("created_at", "updated_at")
                    .all(),
            Set.of("fields", "tags"),
            List.of("task_type_id", "name", "category_id"));

    public static final QuerySchema EVENT = new QuerySchema(
            "event_id",
            described()
                    .text("event_id", "event_type", "name", "description", "created_type", "created_by")
                    .json("additional_info")
                    .text("domain_id", "workspace_id", "project_id", "task_id")
                    .time("created_at", "updated_at")
                    .all(),
            Set.of("additional_info"),
            List.of("event_id", "event_type", "name", "created_by", "task_id"));

    public Shape shape() {
        return new Shape(fields);
    }

    /** The field that a condition or {@code only} names; 400 where there is none. */
    FieldRef demand(FieldPath path, String place) {
        FieldRef ref = shape().demand(path, place);
        if (!path.rest().isEmpty() && !open.contains(path.top())) {
            throw ApiException.invalid(place, "unknown key");
        }
        return ref;
    }

    private static Fields described() {
        return new Fields(new LinkedHashMap<>());
    }

    private record Fields(Map<String, FieldKind> all) {

        Fields text(String... names) {
            return add(FieldKind.TEXT, names);
        }

        Fields time(String... names) {
            return add(FieldKind.TIME, names);
        }

        Fields json(String... names) {
            return add(FieldKind.JSON, names);
        }

        private Fields add(FieldKind kind, String... names) {
            for (String name : names) {
                all.put(name, kind);
            }
            return this;
        }
    }
}
