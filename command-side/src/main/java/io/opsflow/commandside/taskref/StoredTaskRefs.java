package io.opsflow.commandside.taskref;

import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.catalog.TaskRefs;
import io.opsflow.commandside.eventstore.AppendCondition;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The rules of the catalog that span tasks, asked of {@link TaskRefTable}. Everything throws {@link DataAccessException}
 * where the database is away.
 */
final class StoredTaskRefs implements TaskRefs {

    private final TaskRefTable table;
    private final TransactionOperations newTransaction;

    /** @param newTransaction begins a transaction of its own, whatever is around it, on what {@code table} uses */
    StoredTaskRefs(TaskRefTable table, TransactionOperations newTransaction) {
        this.table = table;
        this.newTransaction = newTransaction;
    }

    @Override
    public void requireNoneOfType(String taskTypeId) {
        require(refs -> !refs.anyOfType(taskTypeId), "TaskType");
    }

    @Override
    public void requireNoneIn(String categoryId, List<String> statusIds) {
        require(refs -> !refs.anyIn(categoryId, statusIds), "TaskCategory");
    }

    private void require(Predicate<TaskRefTable> rule, String owner) {
        // Before the lock, so that little is left to do under it, where every append waits.
        catchUp();
        AppendCondition.of(CurrentUnitOfWork.get()).require(connection -> {
            TaskRefTable refs = TaskRefTable.on(connection);
            boolean more = true;
            while (more) {
                more = refs.step();
            }
            if (!rule.test(refs)) {
                throw ApiException.exists("Task", owner);
            }
        });
    }

    /** Takes in everything that was appended before the call, in steps that others need not wait long for. */
    void catchUp() {
        boolean more = true;
        while (more) {
            more = Objects.requireNonNull(newTransaction.execute(status -> table.step()));
        }
    }

    /** As of {@link #catchUp}. */
    List<TaskRef> holders(String categoryId, Collection<String> statusIds, String afterTaskId) {
        return Objects.requireNonNull(
                newTransaction.execute(status -> table.holders(categoryId, statusIds, afterTaskId)));
    }
}
