package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One key of a sort. */
public record SortKey(FieldRef field, boolean descending) {

    private static final int MAX_KEYS = 100;

    /** The keys in their order; a field that is named again counts the first time. */
    static List<SortKey> read(Members members, String name, Shape shape) {
        List<SortKey> keys = members.list(name, MAX_KEYS, (element, place) -> {
            Members key = Members.of(element, place);
            String path = Names.text(key, "key");
            if (path == null) {
                throw ApiException.required(key.key("key"));
            }
            FieldRef field = shape.resolve(FieldPath.parse(path, key.key("key")));
            boolean descending = key.flag("desc");
            key.end();
            return new SortKey(field, descending);
        });
        Map<FieldPath, SortKey> first = new LinkedHashMap<>();
        if (keys != null) {
            keys.forEach(key -> first.putIfAbsent(key.field().path(), key));
        }
        return List.copyOf(first.values());
    }
}
