package io.opsflow.queryside.query;

import io.opsflow.api.query.FieldKind;
import io.opsflow.api.query.FieldPath;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * One name of the rows and the SQL behind it.
 *
 * @param nullIsNull whether SQL's null stands for a null; else for what is unset
 * @param indexed whether it is a column with an index for containment
 * @param asSent what an answer shows instead, while the value is still the one that was stored
 * @param elements what an unwind has put in the place of lists inside the value
 */
record Column(
        FieldKind kind,
        Field<?> field,
        boolean nullIsNull,
        boolean indexed,
        @Nullable Field<?> asSent,
        List<Element> elements) {

    /** One element of a list in the place of the list. */
    record Element(List<String> path, Field<JSONB> value) {}

    static Column of(FieldKind kind, Field<?> field) {
        return new Column(kind, field, false, false, null, List.of());
    }

    /** A column whose missing values are nulls. */
    static Column ofNullable(FieldKind kind, Field<?> field) {
        return new Column(kind, field, true, false, null, List.of());
    }

    static Column unset() {
        return of(FieldKind.NONE, DSL.inline((JSONB) null));
    }

    /** The same, read from elsewhere. */
    Column from(Field<?> other, @Nullable Field<?> otherAsSent, List<Element> otherElements) {
        return new Column(kind, other, nullIsNull, indexed, otherAsSent, otherElements);
    }

    Field<String> text() {
        return typed(String.class);
    }

    Field<OffsetDateTime> time() {
        return typed(OffsetDateTime.class);
    }

    Field<BigDecimal> number() {
        return typed(BigDecimal.class);
    }

    /** The value as JSON, SQL's null where it is unset; times with milliseconds. */
    Field<JSONB> json() {
        return json(kind == FieldKind.TIME ? PostgresDateFormat.inMilliseconds(time()) : field);
    }

    /** As {@link #json}, times without fraction. */
    Field<JSONB> jsonInSeconds() {
        return json(kind == FieldKind.TIME ? PostgresDateFormat.inSeconds(time()) : field);
    }

    private Field<JSONB> json(Field<?> value) {
        Field<JSONB> json =
                switch (kind) {
                    case JSON, NONE -> whole();
                    case TEXT, TIME -> DSL.field("to_jsonb({0}::text)", JSONB.class, value);
                    case NUMBER -> DSL.field("to_jsonb({0})", JSONB.class, value);
                };
        return nullIsNull ? DSL.field("coalesce({0}, 'null'::jsonb)", JSONB.class, json) : json;
    }

    /** What a group, a sort or a projection reads at a path. */
    Column at(List<String> rest) {
        if (rest.isEmpty()) {
            return elements.isEmpty() ? this : of(FieldKind.JSON, json());
        }
        Place place = place(rest);
        return of(FieldKind.JSON, JsonValues.at(place.root(), place.rest(), indexed && place.root() == field));
    }

    /** The values that a condition looks at. */
    Operand operand(List<String> rest) {
        return switch (kind) {
            case TEXT -> new TextOperand(text());
            case TIME -> new TimeOperand(time());
            case NUMBER -> new JsonOperand(json(), List.of(), false);
            case NONE -> new NoValues();
            case JSON -> {
                Place place = place(rest);
                boolean stored = place.root() == field;
                yield new JsonOperand(stored && nullIsNull ? json() : place.root(), place.rest(), indexed && stored);
            }
        };
    }

    /** What stands at a path itself, behind no list but by an index. */
    Field<JSONB> exactlyAt(List<String> rest) {
        if (kind != FieldKind.JSON) {
            return json();
        }
        Place place = place(rest);
        return JsonValues.exactlyAt(place.root(), place.rest());
    }

    /** The same, with one element in the place of the list at this path. */
    Column unwound(List<String> path, Field<JSONB> element) {
        if (path.isEmpty()) {
            return of(FieldKind.JSON, element);
        }
        List<Element> all = new ArrayList<>(elements.stream()
                .filter(other -> !startsWith(other.path(), path))
                .toList());
        all.add(new Element(path, element));
        return new Column(kind, field, nullIsNull, indexed, null, List.copyOf(all));
    }

    /** Where to read a path from, and what of the path is left there. */
    private record Place(Field<JSONB> root, List<String> rest) {}

    private Place place(List<String> path) {
        if (elements.stream().anyMatch(element -> isBelow(element.path(), path))) {
            return new Place(whole(), path);
        }
        return elements.stream()
                .filter(element -> startsWith(path, element.path()))
                .max(Comparator.comparingInt(element -> element.path().size()))
                .map(element ->
                        new Place(element.value(), path.subList(element.path().size(), path.size())))
                .orElseGet(() -> new Place(typed(JSONB.class), path));
    }

    /** Whether what is read at the path may hold the element: below it, or at an index of a list that it goes through. */
    private static boolean isBelow(List<String> element, List<String> path) {
        int same = 0;
        while (same < path.size() && same < element.size() && path.get(same).equals(element.get(same))) {
            same++;
        }
        if (same == element.size()) {
            return false;
        }
        return same == path.size() || (FieldPath.isIndex(element.get(same)) && !FieldPath.isIndex(path.get(same)));
    }

    private Field<JSONB> whole() {
        Field<JSONB> whole = typed(JSONB.class);
        for (Element element : elements) {
            whole = DSL.field(
                    "jsonb_set({0}, {1}, {2})", JSONB.class, whole, Sql.texts(element.path()), element.value());
        }
        return whole;
    }

    private static boolean startsWith(List<String> path, List<String> start) {
        return path.size() >= start.size() && path.subList(0, start.size()).equals(start);
    }

    @SuppressWarnings("unchecked") // the kind tells the type
    private <T> Field<T> typed(Class<T> type) {
        return (Field<T>) field;
    }
}
