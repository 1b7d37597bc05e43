package io.opsflow.commandside.catalog;

import io.opsflow.api.error.ApiException;
import java.util.List;

/**
 * What tasks hold of the catalog. A decision demands that they hold something no more; it is checked at the moment the
 * command's events are appended, when nobody can append another task.
 */
public interface TaskRefs {

    /** Has the command refused with {@link ApiException} ERROR_EXIST_RESOURCE while there is a task of this type. */
    void requireNoneOfType(String taskTypeId);

    /** As {@link #requireNoneOfType}, while a task of this category holds one of these statuses. */
    void requireNoneIn(String categoryId, List<String> statusIds);
}
