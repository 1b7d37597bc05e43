package io.opsflow.api.query;

import java.util.List;

/**
 * What {@code list} answers.
 *
 * @param totalCount how many rows there are before paging
 */
public record ListAnswer<T>(List<T> results, long totalCount) {}
