package io.opsflow.commandside.taskref;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.ConcludesBatch;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;

/**
 * Keeps {@code task_ref} near the head, so that whoever asks it under the append lock has little to catch up with. The
 * events only wake it: the table knows by itself how far it is.
 */
@ProcessingGroup(FollowTasks.PROCESSOR)
final class FollowTasks {

    static final String PROCESSOR = "task-refs";

    private final StoredTaskRefs refs;

    FollowTasks(StoredTaskRefs refs) {
        this.refs = refs;
    }

    @EventHandler
    void on(DomainEventMessage<?> event, @ConcludesBatch boolean last) {
        if (last) {
            refs.catchUp();
        }
    }
}
