package io.opsflow.api.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The statuses of a category, in their order: at least one in each list, exactly one default a list, each id once. */
public record StatusOptions(
        @JsonProperty("TODO") List<StatusOption> todo,
        @JsonProperty("IN_PROGRESS") List<StatusOption> inProgress,
        @JsonProperty("COMPLETED") List<StatusOption> completed) {

    public List<StatusOption> of(StatusType type) {
        return switch (type) {
            case TODO -> todo;
            case IN_PROGRESS -> inProgress;
            case COMPLETED -> completed;
        };
    }

    /** The status of this id with the list that holds it. */
    public Optional<TaskStatus> find(String statusId) {
        for (StatusType type : StatusType.values()) {
            for (StatusOption option : of(type)) {
                if (option.statusId().equals(statusId)) {
                    return Optional.of(new TaskStatus(statusId, option.name(), type));
                }
            }
        }
        return Optional.empty();
    }

    /** Where tasks go whose status in this list is taken away. */
    public TaskStatus defaultOf(StatusType type) {
        return of(type).stream()
                .filter(StatusOption::isDefault)
                .findFirst()
                .map(option -> new TaskStatus(option.statusId(), option.name(), type))
                .orElseThrow();
    }

    public Stream<TaskStatus> all() {
        return Arrays.stream(StatusType.values())
                .flatMap(type ->
                        of(type).stream().map(option -> new TaskStatus(option.statusId(), option.name(), type)));
    }
}
