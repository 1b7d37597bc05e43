package io.opsflow.queryside.query;

import io.opsflow.api.query.FieldPath;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;

/** What is read at a path of a JSON value. */
final class JsonValues {

    /** Each part of a path may be a list, and to look for one is a path again. */
    private static final int MAX_LOOKED_INTO = 3;

    private JsonValues() {}

    /**
     * One value or, behind a list of objects, the list of what is found. Where no list is on the way, operators find it
     * sooner than the function does, unless the path is long.
     *
     * @param rootIsObject whether the root is known to be an object
     */
    static Field<JSONB> at(Field<JSONB> root, List<String> path, boolean rootIsObject) {
        if (path.size() > MAX_LOOKED_INTO) {
            return DSL.field("value_at(coalesce({0}, 'null'::jsonb), {1})", JSONB.class, root, Sql.texts(path));
        }
        List<Condition> listsOnTheWay = IntStream.range(rootIsObject ? 1 : 0, path.size())
                .mapToObj(i -> Sql.isOfType(exactlyAt(root, path.subList(0, i)), "array"))
                .toList();
        Field<JSONB> straight = exactlyAt(root, path);
        return listsOnTheWay.isEmpty()
                ? straight
                : DSL.field(
                        "case when {0} then value_at({1}, {2}) else {3} end",
                        JSONB.class, DSL.or(listsOnTheWay), root, Sql.texts(path), straight);
    }

    /**
     * What stands at the path; unset behind a list, but for an index into it. A key is a step that finds nothing in a
     * list; the other operator, which would take "-1" and "00" for indexes, is for indexes alone.
     */
    static Field<JSONB> exactlyAt(Field<JSONB> root, List<String> path) {
        if (path.isEmpty()) {
            return root;
        }
        String template = IntStream.range(0, path.size())
                .mapToObj(i ->
                        (FieldPath.isIndex(path.get(i)) ? " #> array[{%d}::text]" : " -> {%d}::text").formatted(i + 1))
                .collect(Collectors.joining("", "({0}", ")"));
        return DSL.field(
                template,
                JSONB.class,
                Stream.concat(Stream.of(root), path.stream().map(DSL::val)).toArray(QueryPart[]::new));
    }
}
