package io.opsflow.commandside.rest;

import static java.util.Objects.requireNonNullElse;

import io.opsflow.api.catalog.FieldType;
import io.opsflow.api.catalog.SelectionType;
import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the fields of a category or a type. Each field_id stands once; where one is absent it is made here. */
@Component
class TaskFields {

    private static final int LIST = 100;

    private final Ids ids;

    TaskFields(Ids ids) {
        this.ids = ids;
    }

    /** Null where not given. */
    @Nullable
    List<TaskField> of(Members request) {
        List<TaskField> fields = request.list("fields", LIST, this::field);
        Set<String> seen = new HashSet<>();
        for (TaskField field : fields == null ? List.<TaskField>of() : fields) {
            if (!seen.add(field.fieldId())) {
                throw ApiException.invalid(request.key("fields"), "field_id given twice: " + field.fieldId());
            }
        }
        return fields;
    }

    private TaskField field(JsonNode element, String key) {
        Members field = Members.of(element, key);
        String given = field.filledText("field_id", 255);
        TaskField read = new TaskField(
                given == null ? ids.next(Ids.Kind.FIELD) : given,
                field.requiredText("name", 255),
                requireNonNullElse(field.text("description", 10_000), ""),
                type(field),
                requireNonNullElse(field.freeObject("options"), JsonNodeFactory.instance.objectNode()),
                requireNonNullElse(field.choice("selection_type", SelectionType.class), SelectionType.SINGLE),
                field.flag("is_required"),
                field.flag("is_primary"));
        field.end();
        return read;
    }

    private static FieldType type(Members field) {
        FieldType type = field.choice("field_type", FieldType.class);
        if (type == null) {
            throw ApiException.required(field.key("field_type"));
        }
        return type;
    }
}
