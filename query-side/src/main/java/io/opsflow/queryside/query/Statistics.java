package io.opsflow.queryside.query;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.json.Json;
import io.opsflow.api.json.Timestamps;
import io.opsflow.api.query.FieldRef;
import io.opsflow.api.query.Stage;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.query.StatisticsQuery;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectLimitStep;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One statistics query: the rows that pass, through the stages, as JSON. */
record Statistics(Resource<?> resource, StatisticsQuery query, Conditions conditions) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    StatAnswer answer(DSLContext dsl, Caller caller, AnswerSize size) {
        Stages stages = new Stages(conditions);
        Rows passing = Filters.apply(
                query.filter(),
                query.filterOr(),
                query.keywords(),
                resource.visibleTo(caller),
                resource.schema(),
                stages);
        FieldRef distinct = query.distinct();
        Rows rows = distinct == null ? stages.apply(query.stages(), passing) : Distinct.of(distinct, passing);
        List<Map.Entry<String, Column>> columns = List.copyOf(rows.columns().entrySet());
        List<Field<?>> fields = columns.stream()
                .<Field<?>>map(column -> answered(column.getValue()))
                .toList();
        if (query.page().isLimited()) {
            Paging<JsonNode> paging = Paging.fetch(
                    dsl,
                    rows,
                    fields,
                    query.page(),
                    query.page().limit(),
                    Portions::readMade,
                    size,
                    row -> result(columns, row));
            return new StatAnswer(paging.results(), paging.totalCount());
        }
        List<JsonNode> results = new ArrayList<>();
        Consumer<Record> reader = row -> results.add(result(columns, row));
        SelectLimitStep<? extends Record> select =
                dsl.select(fields).from(rows.table()).orderBy(rows.sortFields());
        if (isGathered()) {
            Portions.readGathered(dsl, select, size, reader);
        } else {
            Portions.readMade(dsl, select, Integer.MAX_VALUE, size, reader);
        }
        return new StatAnswer(results, null);
    }

    private boolean isGathered() {
        return query.stages().stream().anyMatch(stage -> stage instanceof Stage.Group || stage instanceof Stage.Count);
    }

    private JsonNode result(List<Map.Entry<String, Column>> columns, Record row) {
        if (query.distinct() != null) {
            return node(row.get(0));
        }
        ObjectNode result = NODES.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            if (row.get(i) != null || columns.get(i).getValue().nullIsNull()) {
                result.set(columns.get(i).getKey(), node(row.get(i)));
            }
        }
        return query.stages().stream().allMatch(Statistics::keepsFields)
                ? resource.served().apply(result)
                : result;
    }

    private static boolean keepsFields(Stage stage) {
        return switch (stage) {
            case Stage.Unwind unwind -> true;
            case Stage.Sort sort -> true;
            case Stage.Limit limit -> true;
            case Stage.Skip skip -> true;
            case Stage.Group group -> false;
            case Stage.Project project -> false;
            case Stage.Count count -> false;
        };
    }

    private static Field<?> answered(Column column) {
        if (column.asSent() != null) {
            return column.asSent();
        }
        return switch (column.kind()) {
            case JSON, NONE -> column.json();
            case TEXT, TIME, NUMBER -> column.field();
        };
    }

    private static JsonNode node(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        return switch (value) {
            case String text -> NODES.stringNode(text);
            case OffsetDateTime time -> NODES.stringNode(Timestamps.format(time.toInstant()));
            case BigDecimal number -> number(number);
            case JSONB json -> Json.unlimited().readTree(json.data());
            case JSON json -> Json.unlimited().readTree(json.data());
            default -> throw new IllegalStateException("no JSON for " + value.getClass());
        };
    }

    private static JsonNode number(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return NODES.numberNode(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
    }
}
