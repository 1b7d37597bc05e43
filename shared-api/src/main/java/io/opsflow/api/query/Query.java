package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code list} asks for: the rows that pass all of {@code filter} and, where there are any, one of
 * {@code filterOr} and the keywords.
 *
 * @param sort in the order of their weight, each field once
 * @param only the fields to answer; empty for all
 * @param unwind null for a row a resource
 */
public record Query(
        List<Condition> filter,
        List<Condition> filterOr,
        List<String> keywords,
        List<SortKey> sort,
        Page page,
        boolean countOnly,
        List<FieldPath> only,
        Stage.@Nullable Unwind unwind) {

    private static final int MAX_FIELDS = 1_000;

    /** Reads the request's member {@code query}; everything is asked for where it is not given. */
    public static Query of(Members request, QuerySchema schema) {
        Query query = request.object("query", members -> read(members, schema));
        return query != null
                ? query
                : new Query(List.of(), List.of(), List.of(), List.of(), Page.NONE, false, List.of(), null);
    }

    /** The same with further conditions that all rows must pass. */
    public Query and(List<Condition> conditions) {
        return new Query(
                Stream.concat(filter.stream(), conditions.stream()).toList(),
                filterOr,
                keywords,
                sort,
                page,
                countOnly,
                only,
                unwind);
    }

    private static Query read(Members members, QuerySchema schema) {
        ConditionReader conditions = new ConditionReader();
        List<Condition> filter = conditions.read(members, "filter", Operator.ALL, schema::demand);
        List<Condition> filterOr = conditions.read(members, "filter_or", Operator.ALL, schema::demand);
        List<SortKey> sort = SortKey.read(members, "sort", schema.shape());
        Page page = Page.of(members);
        boolean minimal = members.flag("minimal");
        boolean countOnly = members.flag("count_only");
        List<FieldPath> only = only(members, schema);
        List<String> keywords = conditions.keywords(members);
        Stage.Unwind unwind =
                members.object("unwind", unwound -> Stage.Unwind.read(unwound, conditions, schema::demand));
        if (unwind != null && only.isEmpty()) {
            throw ApiException.required(members.key("only"));
        }
        members.end();
        return new Query(
                filter,
                filterOr,
                keywords,
                sort,
                page,
                countOnly,
                minimal && only.isEmpty() ? minimal(schema) : only,
                unwind);
    }

    private static List<FieldPath> only(Members members, QuerySchema schema) {
        List<FieldPath> only = members.list("only", MAX_FIELDS, (element, place) -> {
            if (!element.isString()) {
                throw ApiException.wrongType(place, "string");
            }
            return schema.demand(FieldPath.parse(element.stringValue(), place), place)
                    .path();
        });
        return only == null ? List.of() : only;
    }

    private static List<FieldPath> minimal(QuerySchema schema) {
        return schema.minimal().stream()
                .map(name -> new FieldPath(List.of(name)))
                .toList();
    }
}
