package io.opsflow.standalone;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.CreateTaskCategory;
import io.opsflow.api.catalog.CreateTaskType;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.catalog.TaskTypeDeleted;
import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.eventstore.EventMetadata;
import io.opsflow.queryside.catalog.TaskTypes;
import io.opsflow.queryside.generation.Generations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.MetaData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;

/** A category (To Do, In Progress, Done) and a type that are there from the first start, so that the first curl works. */
@Component
class DemoCatalog {

    private static final Caller ADMIN =
            new Caller(Role.DOMAIN_ADMIN, ActorKind.SYSTEM, "opsflow-demo", Demo.DOMAIN, null, null, List.of());
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where it was made before: whoever has lost a topic or a read model needs the service to run. */
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(DemoCatalog.class);

    private final CommandGateway commands;
    private final EventStore events;
    private final TaskTypes types;
    private final Generations readModel;

    DemoCatalog(CommandGateway commands, EventStore events, TaskTypes types, Generations readModel) {
        this.commands = commands;
        this.events = events;
        this.types = types;
        this.readModel = readModel;
    }

    /** Creates what is missing and returns once the read side answers it too. */
    void ensure() {
        var nothing = JsonNodeFactory.instance.objectNode();
        boolean isNew = false;
        if (events.lastSequenceNumberFor(Demo.CATEGORY).isEmpty()) {
            isNew = true;
            send(new CreateTaskCategory(
                    Demo.CATEGORY,
                    Demo.DOMAIN,
                    "Demo",
                    new StatusOptions(
                            List.of(new StatusOption(Demo.TODO, "To Do", "#6b7280", true)),
                            List.of(new StatusOption(Demo.IN_PROGRESS, "In Progress", "#2563eb", true)),
                            List.of(new StatusOption(Demo.DONE, "Done", "#16a34a", true))),
                    "What a newcomer tries things out with.",
                    List.of(),
                    nothing,
                    ""));
        }
        if (events.lastSequenceNumberFor(Demo.TASK_TYPE).isEmpty()) {
            isNew = true;
            send(new CreateTaskType(Demo.TASK_TYPE, "Ticket", Demo.CATEGORY, "", List.of(), List.of(), false, nothing));
        }
        Instant deadline = Instant.now().plus(isNew ? PATIENCE : LITTLE_PATIENCE);
        while (!readModel.isLive() || (!isVisible() && !isDeleted())) {
            if (Instant.now().isAfter(deadline)) {
                if (!isNew) {
                    log.warn(
                            "The read side has not caught up yet, reads answer what they have or 503; docs/disaster.md helps");
                    return;
                }
                throw new StartFailure("The read side did not catch up within a minute; the log says why.");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private void send(Object command) {
        commands.sendAndWait(
                command,
                MetaData.from(Map.of(
                        EventMetadata.CALLER, ADMIN,
                        EventMetadata.ACTOR, ADMIN.userId(),
                        EventMetadata.ACTOR_KIND, ADMIN.kind().name(),
                        EventMetadata.REQUEST_ID, UUID.randomUUID().toString(),
                        EventMetadata.CORRELATION_ID, "demo")));
    }

    /** By an admin who does not need it; it is not made again. */
    private boolean isDeleted() {
        return events.readEvents(Demo.TASK_TYPE)
                .asStream()
                .anyMatch(event -> event.getPayload() instanceof TaskTypeDeleted);
    }

    private boolean isVisible() {
        try {
            types.get(ADMIN, Demo.TASK_TYPE, false);
            return true;
        } catch (ApiException e) {
            return false; // not there yet
        }
    }
}
