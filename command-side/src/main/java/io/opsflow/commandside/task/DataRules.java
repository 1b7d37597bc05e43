package io.opsflow.commandside.task;

import io.opsflow.api.catalog.TaskField;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.IsoTime;
import io.opsflow.commandside.catalog.Catalog;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a task's {@code data} must hold under the fields of its category and its type. Other keys are free. The first
 * problem is reported in the order of the fields, the category's before the type's.
 */
final class DataRules {

    private final Collection<TaskField> fields;

    /** Where both have a field under the same id, the type's counts. */
    DataRules(Catalog.Category category, Catalog.Type type) {
        Map<String, TaskField> byId = new LinkedHashMap<>();
        category.fields().forEach(field -> byId.put(field.fieldId(), field));
        type.fields().forEach(field -> byId.put(field.fieldId(), field));
        fields = byId.values();
    }

    /** Refuses a new task's data with 400, also where a required field is missing. */
    void checkNew(ObjectNode data) {
        for (TaskField field : fields) {
            if (field.isRequired() && !data.has(field.fieldId())) {
                throw ApiException.required(key(field));
            }
            check(data, field);
        }
    }

    /** Refuses with 400 what is there and should be something else. */
    void check(ObjectNode data) {
        fields.forEach(field -> check(data, field));
    }

    private static void check(ObjectNode data, TaskField field) {
        JsonNode value = data.get(field.fieldId());
        if (value == null) {
            return;
        }
        String key = key(field);
        switch (field.fieldType()) {
            case TEXT, PARAGRAPH -> text(value, key);
            case DATE -> IsoTime.parse(text(value, key), key);
            case LABELS, DROPDOWN, USER, ASSET -> texts(value, key);
            case PROJECT, PROVIDER, SERVICE_ACCOUNT -> {
                switch (field.selectionType()) {
                    case SINGLE -> text(value, key);
                    case MULTI -> texts(value, key);
                }
            }
        }
    }

    private static String text(JsonNode value, String key) {
        if (!value.isString()) {
            throw ApiException.wrongType(key, "string");
        }
        return value.stringValue();
    }

    private static void texts(JsonNode value, String key) {
        if (!value.isArray()) {
            throw ApiException.wrongType(key, "list");
        }
        for (int i = 0; i < value.size(); i++) {
            text(value.get(i), "%s[%d]".formatted(key, i));
        }
    }

    private static String key(TaskField field) {
        return "data." + Members.shortened(field.fieldId());
    }
}
