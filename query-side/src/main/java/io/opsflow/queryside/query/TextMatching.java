package io.opsflow.queryside.query;

import io.opsflow.api.query.Regex;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Parts and patterns of texts, right in a database of any locale: under pg_c_utf8 {@code casefold} is Unicode's simple
 * folding, which LIKE is served from by the trigram index. A pattern itself is never folded: \W would become \w.
 */
final class TextMatching {

    // As single conditions an index serves each of them; beyond that they only make the statement long.
    private static final int MANY = 10;

    private TextMatching() {}

    static Condition contains(Field<String> text, List<String> parts, boolean ignoringCase) {
        List<String> patterns =
                parts.stream().map(TextMatching::anywhere).distinct().toList();
        if (patterns.size() > MANY) {
            return ignoringCase
                    ? DSL.condition("""
                            casefold({0}) like any (
                                array(select casefold(pattern collate pg_c_utf8) from unnest({1}) as pattern))
                            """, text, Sql.texts(patterns))
                    : DSL.condition("{0} like any ({1})", text, Sql.texts(patterns));
        }
        return DSL.or(patterns.stream()
                .map(DSL::val)
                .map(pattern -> ignoringCase
                        ? DSL.condition("casefold({0}) like casefold({1} collate pg_c_utf8)", text, pattern)
                        : DSL.condition("{0} like {1}", text, pattern))
                .toList());
    }

    static Condition matches(Field<String> text, List<Regex> patterns) {
        List<String> written =
                patterns.stream().map(PostgresRegex::of).distinct().toList();
        return written.isEmpty() ? DSL.falseCondition() : DSL.condition("{0} ~* any ({1})", text, Sql.texts(written));
    }

    private static String anywhere(String part) {
        return "%" + part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
    }
}
