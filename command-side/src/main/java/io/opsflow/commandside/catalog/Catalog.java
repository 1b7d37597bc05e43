package io.opsflow.commandside.catalog;

import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskField;
import java.util.List;
import java.util.Optional;

/**
 * What a command needs to know of categories and types. Every look is remembered by the command that looks: its
 * append is refused, and the command decided again, if what it saw has changed by then.
 */
public interface Catalog {

    /** Empty where there is no such type; a deleted one is there, and no longer active. Whose it is, is the asker's to check. */
    Optional<Type> type(String taskTypeId);

    /** Empty where there is no such category; a deleted one is there, and no longer active. */
    Optional<Category> category(String categoryId);

    /** A task type, as far as tasks care. */
    record Type(String taskTypeId, String domainId, String categoryId, boolean active, List<TaskField> fields) {}

    /** A task category, as far as tasks and types care. */
    record Category(
            String categoryId, String domainId, boolean active, StatusOptions statusOptions, List<TaskField> fields) {}
}
