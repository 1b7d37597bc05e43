package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code stat} asks for, of the rows that pass {@code filter}, {@code filterOr} and the keywords as in a
 * {@link Query}: what the stages make of them or, without stages, the values of one field.
 *
 * @param stages in their order; empty where {@code distinct} is asked for
 * @param distinct null where there are stages
 * @param page limited, or all rows are asked for
 */
public record StatisticsQuery(
        List<Condition> filter,
        List<Condition> filterOr,
        List<String> keywords,
        List<Stage> stages,
        @Nullable FieldRef distinct,
        Page page) {

    /** Reads the request's member {@code query}, which must be there. */
    public static StatisticsQuery of(Members request, QuerySchema schema) {
        StatisticsQuery query = request.object("query", members -> read(members, schema));
        if (query == null) {
            throw ApiException.required("query");
        }
        return query;
    }

    private static StatisticsQuery read(Members members, QuerySchema schema) {
        ConditionReader conditions = new ConditionReader();
        List<Condition> filter = conditions.read(members, "filter", Operator.ALL, schema::demand);
        List<Condition> filterOr = conditions.read(members, "filter_or", Operator.ALL, schema::demand);
        List<String> keywords = conditions.keywords(members);
        List<Stage> stages = new StageReader(schema.shape(), conditions).read(members);
        String distinct = Names.text(members, "distinct");
        if (stages == null && distinct == null) {
            throw ApiException.required("aggregate");
        }
        FieldRef field =
                distinct == null ? null : schema.shape().resolve(FieldPath.parse(distinct, members.key("distinct")));
        Page page = Page.of(members);
        if (page.start() > 1 && !page.isLimited()) {
            throw ApiException.required(members.key("page.limit"));
        }
        members.end();
        return new StatisticsQuery(
                filter, filterOr, keywords, stages == null ? List.of() : stages, stages == null ? field : null, page);
    }
}
