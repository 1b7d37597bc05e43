package io.opsflow.queryside.query;

import io.opsflow.api.query.Comparison;
import io.opsflow.api.query.FieldPath;
import io.opsflow.api.query.Regex;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.impl.DSL;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a path finds in JSON. Lax jsonpath goes through lists of objects exactly as conditions do, one level a part, and
 * its filters open the list at the path's end. Two traps are kept out: a comparison would open lists in lists, hence
 * the type before each; and an index also finds what is no list, hence indexes are steps of their own.
 *
 * @param indexed whether the root is a column with an index for containment
 */
record JsonOperand(Field<JSONB> root, List<String> path, boolean indexed) implements Operand {

    // Each part of a path may be a list, so that every one doubles the forms to look for.
    private static final int MAX_CONTAINED_PARTS = 4;
    private static final int MAX_CONTAINED_FORMS = 64;
    private static final int MAX_INDEX_DIGITS = 9;

    @Override
    public Condition equalTo(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> Sql.not(isSet()).or(exists("? (@.type() == \"null\")", value));
            case ARRAY -> equalToAList(List.of(value));
            case OBJECT -> {
                Condition equal = found("? (@.type() == \"object\")", v -> v.eq(Sql.json(value)));
                yield isContainable() ? contained(value).and(equal) : equal;
            }
            default ->
                isContainable()
                        ? contained(value)
                        : exists("? (@.type() == \"%s\" && @ == $v)".formatted(typeName(value)), value);
        };
    }

    @Override
    public Condition oneOf(List<JsonNode> values) {
        List<JsonNode> lists = values.stream().filter(JsonNode::isArray).toList();
        List<JsonNode> others = values.stream()
                .filter(value -> !value.isNull() && !value.isArray())
                .toList();
        List<Condition> any = new ArrayList<>();
        values.stream().filter(JsonNode::isNull).findFirst().map(this::equalTo).ifPresent(any::add);
        if (!lists.isEmpty()) {
            any.add(equalToAList(lists));
        }
        if (isContainable() && others.size() << path.size() <= MAX_CONTAINED_FORMS) {
            others.forEach(value -> any.add(equalTo(value)));
        } else if (!others.isEmpty()) {
            any.add(found("? (true == true)", v -> Sql.anyOfJson(v, others)));
        }
        return DSL.or(any);
    }

    @Override
    public Condition isSet() {
        return path.isEmpty() ? root.isNotNull() : exists("", JsonNodeFactory.instance.nullNode());
    }

    @Override
    public Condition compares(Comparison comparison, JsonNode value) {
        return value.isNumber() || value.isString()
                ? exists("? (@.type() == \"%s\" && @ %s $v)".formatted(typeName(value), comparison.sign()), value)
                : DSL.falseCondition();
    }

    @Override
    public Condition contains(List<String> texts, boolean ignoringCase) {
        return found("? (@.type() == \"string\")", v -> TextMatching.contains(Sql.textOf(v), texts, ignoringCase));
    }

    @Override
    public Condition matches(List<Regex> patterns) {
        return found("? (@.type() == \"string\")", v -> TextMatching.matches(Sql.textOf(v), patterns));
    }

    @Override
    public Condition hasElement(ObjectNode members) {
        Condition element = found("", v -> DSL.condition("""
                exists (select 1
                          from jsonb_array_elements({0}) as element(v)
                         where jsonb_typeof(element.v) = 'object'
                           and not exists (select 1
                                             from jsonb_each({1}) as given(name, v)
                                            where (element.v -> given.name) is distinct from given.v))
                """, Sql.listOf(v), Sql.json(members)));
        return isContainable()
                ? contained(JsonNodeFactory.instance.arrayNode().add(members)).and(element)
                : element;
    }

    /** Only inside the {@code in} of a list: one of these is the whole value, or an element that is a list itself. */
    private Condition equalToAList(List<JsonNode> lists) {
        return found(
                "",
                v -> DSL.condition(
                        "exists (select 1 from (select {0} union all select jsonb_array_elements({1})) as one(v) where {2})",
                        v, Sql.listOf(v), Sql.anyOfJson(DSL.field("one.v", JSONB.class), lists)));
    }

    /** Whether a value passes that the path finds and, where there is one, the jsonpath filter lets through. */
    private Condition found(String filter, java.util.function.Function<Field<JSONB>, Condition> passes) {
        Field<JSONB> v = DSL.field("found.v", JSONB.class);
        return DSL.condition("exists (select 1 from {0} where {1})", values(filter), passes.apply(v));
    }

    /** All values that a jsonpath filter lets through, the elements of a list one by one, as found.v. */
    Table<?> values(String filter) {
        return values(filter, JsonNodeFactory.instance.objectNode());
    }

    private Condition exists(String filter, JsonNode value) {
        ObjectNode variables = JsonNodeFactory.instance.objectNode();
        variables.set("v", value);
        return hasIndex()
                ? DSL.condition("exists (select 1 from {0})", values(filter, variables))
                : DSL.condition("jsonb_path_exists({0}, {1}, {2})", root, jsonPath(path, filter), Sql.json(variables));
    }

    /** A jsonpath up to each index, a step for the index, and a jsonpath for what is left. */
    private Table<?> values(String filter, ObjectNode variables) {
        List<QueryPart> steps = new ArrayList<>();
        Field<JSONB> from = root;
        int done = 0;
        for (int i = 0; i < path.size(); i++) {
            if (FieldPath.isIndex(path.get(i))) {
                Name before = DSL.name("before" + i);
                Name step = DSL.name("at" + i);
                steps.add(DSL.sql(
                        "jsonb_path_query({0}, {1}) as {2}(v)", from, jsonPath(path.subList(done, i), ""), before));
                steps.add(DSL.sql(
                        "lateral (select {0}) as {1}(v)",
                        index(DSL.field(before.append("v"), JSONB.class), path.get(i)), step));
                from = DSL.field(step.append("v"), JSONB.class);
                done = i + 1;
            }
        }
        steps.add(DSL.sql(
                "jsonb_path_query({0}, {1}, {2}) as found(v)",
                from, jsonPath(path.subList(done, path.size()), filter), Sql.json(variables)));
        String template = IntStream.range(0, steps.size())
                .mapToObj("{%d}"::formatted)
                .collect(Collectors.joining(" cross join "));
        return DSL.table(template, steps.toArray(QueryPart[]::new));
    }

    /** An index on a list, within PostgreSQL's numbers; on an object a key. */
    private static Field<JSONB> index(Field<JSONB> value, String part) {
        Field<JSONB> element = part.length() <= MAX_INDEX_DIGITS
                ? DSL.field("{0} -> {1}", JSONB.class, value, DSL.inline(Integer.parseInt(part)))
                : DSL.field("null::jsonb", JSONB.class);
        return DSL.field(
                "case jsonb_typeof({0}) when 'array' then {1} when 'object' then {0} -> {2}::text end",
                JSONB.class, value, element, DSL.val(part));
    }

    private boolean hasIndex() {
        return path.stream().anyMatch(FieldPath::isIndex);
    }

    private boolean isContainable() {
        return indexed && !path.isEmpty() && path.size() <= MAX_CONTAINED_PARTS && !hasIndex();
    }

    /** One of the forms that hold this value at the path: as it is or in a list, and so at each part. */
    private Condition contained(JsonNode value) {
        List<JsonNode> forms = value.isArray() ? List.of(value) : aloneAndInList(value);
        for (int i = path.size() - 1; i >= 0; i--) {
            String part = path.get(i);
            boolean outermost = i == 0;
            forms = forms.stream()
                    .<JsonNode>map(form -> JsonNodeFactory.instance.objectNode().set(part, form))
                    .flatMap(form -> (outermost ? List.of(form) : aloneAndInList(form)).stream())
                    .toList();
        }
        return DSL.or(forms.stream()
                .map(form -> DSL.condition("{0} @> {1}", root, Sql.json(form)))
                .toList());
    }

    private static List<JsonNode> aloneAndInList(JsonNode value) {
        return List.of(value, JsonNodeFactory.instance.arrayNode().add(value));
    }

    private static QueryPart jsonPath(List<String> path, String filter) {
        StringBuilder text = new StringBuilder("lax $");
        path.forEach(part -> text.append('.').append(quoted(part)));
        return DSL.field("{0}::jsonpath", DSL.val(text.append(filter).toString()));
    }

    private static String quoted(String key) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    private static String typeName(JsonNode scalar) {
        return switch (scalar.getNodeType()) {
            case NUMBER -> "number";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            default -> throw new IllegalArgumentException("no scalar");
        };
    }
}
