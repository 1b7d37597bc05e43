package io.opsflow.api.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What {@code stat} answers.
 *
 * @param results objects, or the values of {@code distinct}
 * @param totalCount how many rows there are before paging; null where the query is not paged
 */
public record StatAnswer(
        List<JsonNode> results,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long totalCount) {}
