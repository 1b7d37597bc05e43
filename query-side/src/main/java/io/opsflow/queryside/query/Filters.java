package io.opsflow.queryside.query;

import io.opsflow.api.query.Condition;
import io.opsflow.api.query.FieldKind;
import io.opsflow.api.query.QuerySchema;
import io.opsflow.api.query.Test;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jooq.impl.DSL;

/** What list and stat have in common: all of one list of conditions, and any of another or of the keywords. */
final class Filters {

    private Filters() {}

    static Rows apply(
            List<Condition> all,
            List<Condition> any,
            List<String> keywords,
            Rows rows,
            QuerySchema schema,
            Stages stages) {
        org.jooq.Condition alternatives = DSL.or(Stream.concat(
                        any.stream().map(condition -> stages.conditions().of(condition, rows)),
                        keywords.isEmpty() ? Stream.of() : Stream.of(containsAWord(keywords, rows, schema)))
                .toList());
        org.jooq.Condition passes = stages.conditions().allOf(all, rows);
        boolean open = any.isEmpty() && keywords.isEmpty();
        if (all.isEmpty() && open) {
            return rows;
        }
        boolean guessed =
                !keywords.isEmpty() || Stream.concat(all.stream(), any.stream()).anyMatch(Filters::isGuessed);
        return stages.where(rows, open ? passes : passes.and(alternatives), guessed);
    }

    /**
     * Whether an index serves the condition and PostgreSQL can only guess how much passes. Where it guesses too much, it
     * would read the newest rows one by one until the page is full.
     */
    private static boolean isGuessed(Condition condition) {
        return switch (condition.test()) {
            case Test.Contains contains -> condition.field().kind() == FieldKind.TEXT;
            case Test.Equals equals -> condition.field().kind() == FieldKind.JSON;
            case Test.OneOf oneOf -> condition.field().kind() == FieldKind.JSON;
            case Test.HasElement element -> true;
            default -> false;
        };
    }

    private static org.jooq.Condition containsAWord(List<String> words, Rows rows, QuerySchema schema) {
        return DSL.or(Stream.of(schema.id(), QuerySchema.NAME)
                .map(name -> Objects.requireNonNull(rows.columns().get(name)))
                .map(column -> TextMatching.contains(column.text(), words, true))
                .toList());
    }
}
