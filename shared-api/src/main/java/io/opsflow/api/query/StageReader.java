package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.query.Stage.GroupField;
import io.opsflow.api.query.Stage.GroupKey;
import io.opsflow.api.query.Stage.Named;
import io.opsflow.api.query.Stage.ProjectField;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads stages one after the other and knows which names their rows have. */
final class StageReader {

    private static final int MAX_STAGES = 20;
    private static final int MAX_FIELDS = 1_000;
    private static final int MAX_NAME = 255;

    /** To group by many more takes PostgreSQL seconds, however few the rows are. */
    private static final int MAX_KEYS = 100;

    private static final List<String> STAGES = List.of("unwind", "group", "sort", "project", "limit", "skip", "count");
    private static final BigDecimal LAST_ROW = BigDecimal.valueOf(1L << 53);

    private final ConditionReader conditions;
    private Shape shape;
    private List<String> groupKeys = List.of();

    StageReader(Shape shape, ConditionReader conditions) {
        this.shape = shape;
        this.conditions = conditions;
    }

    @Nullable
    List<Stage> read(Members query) {
        return query.list("aggregate", MAX_STAGES, (element, place) -> stage(Members.of(element, place), place));
    }

    private Stage stage(Members members, String place) {
        List<String> given =
                STAGES.stream().filter(name -> members.given(name) != null).toList();
        // A skip of 0, or what is wrong with a limit of 0.
        List<String> held = given.isEmpty()
                ? STAGES.stream()
                        .filter(name -> members.raw(name) instanceof JsonNode value && !value.isNull())
                        .toList()
                : given;
        members.end();
        if (held.size() != 1) {
            throw ApiException.invalid(place, "it must hold one of " + String.join(", ", STAGES));
        }
        String name = held.getFirst();
        return switch (name) {
            case "unwind" -> Stage.Unwind.read(object(members, name), conditions, (path, at) -> shape.resolve(path));
            case "group" -> group(object(members, name));
            case "sort" -> new Stage.Sort(SortKey.read(members, name, shape));
            case "project" -> project(object(members, name));
            case "limit" -> new Stage.Limit(rows(members, name, 1));
            case "skip" -> new Stage.Skip(rows(members, name, 0));
            default -> count(object(members, name));
        };
    }

    private Stage group(Members group) {
        Set<String> names = new HashSet<>();
        List<GroupKey> keys = group.list("keys", MAX_KEYS, (element, place) -> key(Members.of(element, place), names));
        List<GroupField> fields =
                group.list("fields", MAX_FIELDS, (element, place) -> field(Members.of(element, place), names));
        group.end();
        Stage.Group stage = new Stage.Group(keys == null ? List.of() : keys, fields == null ? List.of() : fields);
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        stage.keys().forEach(key -> kinds.put(key.name(), key.kind()));
        groupKeys = List.copyOf(kinds.keySet());
        stage.fields().forEach(field -> kinds.put(field.name(), field.kind()));
        shape = new Shape(kinds);
        return stage;
    }

    private GroupKey key(Members key, Set<String> names) {
        FieldRef source = shape.resolve(Names.requiredPath(key, "k", "key"));
        String name = name(key, names);
        String format = Names.text(key, "date_format");
        if (format != null && source.kind() != FieldKind.TIME) {
            throw ApiException.invalid(key.key("date_format"), "it takes timestamp fields only");
        }
        key.end();
        return new GroupKey(source, name, format == null ? null : DateFormat.parse(format, key.key("date_format")));
    }

    private GroupField field(Members field, Set<String> names) {
        String path = Names.text(field, "k", "key");
        FieldRef source = path == null
                ? new FieldRef(new FieldPath(List.of("")), FieldKind.NONE)
                : shape.resolve(FieldPath.parse(path, field.key("key")));
        String name = name(field, names);
        String operatorName = Names.requiredText(field, "o", "operator");
        Accumulator operator = Accumulator.named(operatorName);
        if (operator == null) {
            throw ApiException.invalid(field.key("operator"), "it must be one of " + Accumulator.names());
        }
        List<Condition> demanded =
                conditions.read(field, "conditions", Operator.COMPARING, (at, place) -> shape.resolve(at));
        if (!demanded.isEmpty() && !operator.takesConditions()) {
            throw ApiException.invalid(field.key("conditions"), "only count, sum and average take them");
        }
        List<Named> members = members(field);
        if (!members.isEmpty() && operator != Accumulator.PUSH) {
            throw ApiException.invalid(field.key("fields"), "only push takes them");
        }
        if (path == null && members.isEmpty() && operator != Accumulator.COUNT) {
            throw ApiException.required(field.key("key"));
        }
        field.end();
        return new GroupField(name, operator, source, demanded, members);
    }

    private List<Named> members(Members field) {
        Set<String> names = new HashSet<>();
        List<Named> members = field.list("fields", MAX_FIELDS, (element, place) -> {
            Members member = Members.of(element, place);
            Named named = new Named(shape.resolve(Names.requiredPath(member, "k", "key")), name(member, names));
            member.end();
            return named;
        });
        return members == null ? List.of() : members;
    }

    private Stage project(Members project) {
        Set<String> names = new HashSet<>();
        List<ProjectField> fields =
                project.list("fields", MAX_FIELDS, (element, place) -> projected(Members.of(element, place), names));
        boolean excludeKeys = project.flag("exclude_keys");
        project.end();
        if (fields == null) {
            throw ApiException.required(project.key("fields"));
        }
        List<String> kept = excludeKeys
                ? List.of()
                : groupKeys.stream().filter(key -> !names.contains(key)).toList();
        Map<String, FieldKind> kinds = new LinkedHashMap<>();
        kept.forEach(key -> kinds.put(key, shape.names().getOrDefault(key, FieldKind.NONE)));
        fields.forEach(field -> kinds.put(field.name(), field.kind()));
        shape = new Shape(kinds);
        groupKeys = groupKeys.stream().filter(kinds::containsKey).toList();
        return new Stage.Project(fields, kept);
    }

    private ProjectField projected(Members field, Set<String> names) {
        FieldRef source = shape.resolve(Names.requiredPath(field, "k", "key"));
        String name = name(field, names);
        String operatorName = Names.text(field, "o", "operator");
        ProjectOperator operator = operatorName == null ? null : ProjectOperator.named(operatorName);
        if (operatorName != null && operator == null) {
            throw ApiException.invalid(field.key("operator"), "it must be one of " + ProjectOperator.names());
        }
        field.end();
        return new ProjectField(source, name, operator);
    }

    private Stage count(Members count) {
        String name = Names.text(count, "name");
        if (name == null) {
            throw ApiException.required(count.key("name"));
        }
        checkLength(name, count);
        count.end();
        shape = new Shape(Map.of(name, FieldKind.NUMBER));
        groupKeys = List.of();
        return new Stage.Count(name);
    }

    private static String name(Members members, Set<String> names) {
        String name = Names.requiredText(members, "n", "name");
        checkLength(name, members);
        if (!names.add(name)) {
            throw ApiException.invalid(members.key("name"), "two of the same name");
        }
        return name;
    }

    private static void checkLength(String name, Members members) {
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            throw ApiException.invalid(members.key("name"), "at most %d characters".formatted(MAX_NAME));
        }
    }

    private static Members object(Members members, String name) {
        return Members.of(Objects.requireNonNull(members.raw(name)), members.key(name));
    }

    private static long rows(Members members, String name, int least) {
        JsonNode value = Objects.requireNonNull(members.raw(name));
        if (!value.isNumber()) {
            throw ApiException.wrongType(members.key(name), "integer");
        }
        BigDecimal rows = value.decimalValue();
        if (rows.compareTo(BigDecimal.valueOf(least)) < 0
                || rows.stripTrailingZeros().scale() > 0) {
            throw ApiException.invalid(members.key(name), "it must be a whole number from %d".formatted(least));
        }
        return rows.min(LAST_ROW).longValue();
    }
}
