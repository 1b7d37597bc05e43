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

    private JsonValues() {}

    /**
     * One value or, behind a list of objects, the list of what is found. The operator #> would take "-1" and "00" for
     * indexes, so it only walks where no list is on the way.
     *
     * @param rootIsObject whether the root is known to be an object
     */
    static Field<JSONB> at(Field<JSONB> root, List<String> path, boolean rootIsObject) {
        if (path.isEmpty()) {
            return root;
        }
        Field<JSONB> straight = straight(root, path);
        List<Condition> listsOnTheWay = IntStream.range(rootIsObject ? 1 : 0, path.size())
                .mapToObj(i -> isList(root, path.subList(0, i)))
                .toList();
        return listsOnTheWay.isEmpty()
                ? straight
                : DSL.field(
                        "case when {0} then value_at({1}, {2}) else {3} end",
                        JSONB.class, DSL.or(listsOnTheWay), root, Sql.texts(path), straight);
    }

    /** What stands at the path; unset behind a list, but for an index into it. */
    static Field<JSONB> exactlyAt(Field<JSONB> root, List<String> path) {
        List<Condition> dead = IntStream.range(0, path.size())
                .filter(i -> !FieldPath.isIndex(path.get(i)))
                .mapToObj(i -> isList(root, path.subList(0, i)))
                .toList();
        Field<JSONB> straight = straight(root, path);
        return dead.isEmpty()
                ? straight
                : DSL.field("case when {0} then null else {1} end", JSONB.class, DSL.or(dead), straight);
    }

    private static Condition isList(Field<JSONB> root, List<String> path) {
        return Sql.isOfType(straight(root, path), "array");
    }

    /** With keys alone it finds nothing behind a list; only an index needs the other, less careful operator. */
    private static Field<JSONB> straight(Field<JSONB> root, List<String> path) {
        if (path.stream().anyMatch(FieldPath::isIndex)) {
            return DSL.field("({0} #> {1})", JSONB.class, root, Sql.texts(path));
        }
        String template = IntStream.rangeClosed(1, path.size())
                .mapToObj("{%d}::text"::formatted)
                .collect(Collectors.joining(" -> ", path.isEmpty() ? "{0}" : "({0} -> ", path.isEmpty() ? "" : ")"));
        return DSL.field(
                template,
                JSONB.class,
                Stream.concat(Stream.of(root), path.stream().map(DSL::val)).toArray(QueryPart[]::new));
    }
}
