package io.opsflow.commandside.taskref;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.catalog.TaskCategoryStatusesChanged;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.commandside.eventstore.EventScope;
import io.opsflow.commandside.eventstore.tail.Standstill;
import io.opsflow.commandside.task.ReplaceTaskStatus;
import io.opsflow.web.RequestId;
import io.opsflow.web.token.CallerResolver;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.lifecycle.Lifecycle;
import org.axonframework.lifecycle.Phase;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Moves the tasks that hold a status which was taken away from their category, by a command each. The position is
 * stored when all have moved: after a crash in the middle the event is handled again, and the rest moves. A failure is
 * tried again for as long as it takes, ever more slowly, up to once a minute.
 */
@ProcessingGroup(StatusMoves.PROCESSOR)
final class StatusMoves implements Lifecycle, AutoCloseable {

    static final String PROCESSOR = "status-moves";

    private static final Logger log = LoggerFactory.getLogger(StatusMoves.class);

    /** So many commands share a transaction of the store, and leave room for those of others. */
    private static final int AT_ONCE = 4;

    private final StoredTaskRefs refs;
    private final CommandGateway commands;
    private final Standstill standstill;

    // Threads of their own: in the processor's, a command would become part of its batch and hold what it took, the
    // locks of aggregates included, until the batch ends.
    private final ExecutorService movers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().daemon().name("status-moves-", 0).factory());

    private volatile boolean stopping;

    StatusMoves(StoredTaskRefs refs, CommandGateway commands, Standstill standstill) {
        this.refs = refs;
        this.commands = commands;
        this.standstill = standstill;
    }

    /**
     * One walk through the tasks in the order of their ids finds them all: no task enters a status that its category
     * has lost, as the version of the category it was decided by is checked at the append.
     */
    @EventHandler
    void on(TaskCategoryStatusesChanged change, MetaData cause, TrackingToken position) throws InterruptedException {
        if (change.removed().isEmpty()) {
            return;
        }
        MDC.put(RequestId.LOG_KEY, String.valueOf(cause.getOrDefault(EventMetadata.CORRELATION_ID, "")));
        MDC.put(CallerResolver.LOG_KEY, EventScope.of(cause).domainId());
        try {
            refs.catchUp();
            List<TaskRef> page = refs.holders(change.categoryId(), change.removed(), "");
            while (!page.isEmpty()) {
                move(page, cause);
                log.info("{} tasks of {} left a status that was removed", page.size(), change.categoryId());
                page = refs.holders(
                        change.categoryId(), change.removed(), page.getLast().taskId());
            }
            standstill.ended();
        } catch (RuntimeException e) {
            if (!stopping) {
                String problem = "tasks of %s are stuck in a status that was removed: %s"
                        .formatted(change.categoryId(), e.getMessage());
                standstill.began(position.position().orElse(0), problem);
                log.error("The processor {} stands still: {}", PROCESSOR, problem, e);
            }
            throw e;
        } finally {
            MDC.remove(RequestId.LOG_KEY);
            MDC.remove(CallerResolver.LOG_KEY);
        }
    }

    private void move(List<TaskRef> page, MetaData cause) throws InterruptedException {
        List<Callable<@Nullable Void>> moves = page.stream()
                .<Callable<@Nullable Void>>map(task -> () -> {
                    move(task, cause);
                    return null;
                })
                .toList();
        for (Future<@Nullable Void> moved : movers.invokeAll(moves)) {
            try {
                moved.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
            }
        }
    }

    private void move(TaskRef task, MetaData cause) {
        while (!stopping) {
            try {
                commands.sendAndWait(new ReplaceTaskStatus(task.taskId(), task.statusId()), metaData(cause));
                return;
            } catch (AggregateNotFoundException e) {
                return; // deleted meanwhile
            } catch (ConcurrencyException e) {
                log.debug("Others keep changing {}, it is tried again", task.taskId());
            }
        }
        throw new CancellationException("the process is stopping");
    }

    /** On behalf of who changed the category, a request each. */
    private static MetaData metaData(MetaData cause) {
        return cause.subset(EventMetadata.ACTOR, EventMetadata.CORRELATION_ID, EventMetadata.TRACEPARENT)
                .and(EventMetadata.ACTOR_KIND, ActorKind.SYSTEM.name())
                .and(EventMetadata.REQUEST_ID, UUID.randomUUID().toString());
    }

    /** What keeps tasks from moving, until they have moved; null where nothing does. */
    @Nullable
    String problem() {
        return standstill.problem();
    }

    /** Before the processor is stopped, which waits for what is under way. */
    @Override
    public void registerLifecycleHandlers(LifecycleRegistry lifecycle) {
        lifecycle.onShutdown(Phase.INBOUND_EVENT_CONNECTORS + 1, () -> {
            stopping = true;
        });
    }

    @Override
    public void close() {
        stopping = true;
        movers.shutdown();
    }
}
