package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One step of a statistics query: rows in, rows out. */
public sealed interface Stage {

    /** A row for each element of the list at the path, of those that pass the filter; no row where there is no element. */
    record Unwind(FieldRef path, List<Condition> filter) implements Stage {

        static Unwind read(Members members, ConditionReader conditions, BiFunction<FieldPath, String, FieldRef> keys) {
            String path = Names.text(members, "path");
            if (path == null) {
                throw ApiException.required(members.key("path"));
            }
            String place = members.key("path");
            FieldRef field = keys.apply(FieldPath.parse(path, place), place);
            List<Condition> filter = conditions.read(members, "filter", Operator.OF_UNWIND, keys).stream()
                    .map(ConditionReader::caseSensitive)
                    .toList();
            members.end();
            return new Unwind(field, filter);
        }
    }

    /** A row for each combination of the keys' values; with no keys one row, where there are any. */
    record Group(List<GroupKey> keys, List<GroupField> fields) implements Stage {}

    /**
     * @param name what it is called in the new rows
     * @param format null to group by the value as it is
     */
    record GroupKey(FieldRef source, String name, @Nullable DateFormat format) {

        /** What the key is in the new rows. */
        public FieldKind kind() {
            if (format == null) {
                return source.kind();
            }
            return format instanceof DateFormat.Part ? FieldKind.NUMBER : FieldKind.TEXT;
        }
    }

    /**
     * @param source of kind NONE where the operator needs none
     * @param conditions rows that fail one add nothing
     * @param members of the objects to push; empty to push the values of {@code source}
     */
    record GroupField(
            String name, Accumulator operator, FieldRef source, List<Condition> conditions, List<Named> members) {

        /** What the field is in the new rows. */
        public FieldKind kind() {
            return operator.resultOf(source.kind());
        }
    }

    /** A value under a name. */
    record Named(FieldRef source, String name) {}

    /** The order of the rows from here on. */
    record Sort(List<SortKey> keys) implements Stage {}

    /** @param kept the keys of the last group that stay beside the fields */
    record Project(List<ProjectField> fields, List<String> kept) implements Stage {}

    /** @param operator null for the value as it is */
    record ProjectField(
            FieldRef source, String name, @Nullable ProjectOperator operator) {

        /** What the field is in the new rows. */
        public FieldKind kind() {
            return operator == null ? source.kind() : operator.result();
        }
    }

    /** The first so many rows. */
    record Limit(long rows) implements Stage {}

    /** All rows but the first so many. */
    record Skip(long rows) implements Stage {}

    /** One row with the number of rows. */
    record Count(String name) implements Stage {}
}
