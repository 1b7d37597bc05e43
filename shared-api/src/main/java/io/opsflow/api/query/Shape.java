package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names that rows have at one point of a query: a resource's fields at first, those of the last group or project
 * afterwards.
 */
public record Shape(Map<String, FieldKind> names) {

    public Shape {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    /** Where nothing has this name, or a name without members is asked for one, the reference is of kind NONE. */
    FieldRef resolve(FieldPath path) {
        FieldKind top = names.getOrDefault(path.top(), FieldKind.NONE);
        boolean open = path.rest().isEmpty() || top == FieldKind.JSON;
        return new FieldRef(path, open ? top : FieldKind.NONE);
    }

    /** Like {@link #resolve}, where an unknown key is an error. */
    FieldRef demand(FieldPath path, String place) {
        FieldRef ref = resolve(path);
        if (ref.kind() == FieldKind.NONE) {
            throw ApiException.invalid(place, "unknown key");
        }
        return ref;
    }
}
