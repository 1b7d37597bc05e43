package io.opsflow.api.catalog;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.List;

/**
 * The statuses of a category are now these.
 *
 * @param removed ids of those that it had before and has no more; tasks that hold one go to another status by events of
 *     their own, which follow. Empty in events that were written before statuses could be removed
 */
public record TaskCategoryStatusesChanged(
        String categoryId, StatusOptions statusOptions, List<String> removed, Instant at) implements TaskCategoryEvent {

    public TaskCategoryStatusesChanged {
        removed = List.copyOf(requireNonNullElse(removed, List.of()));
    }
}
