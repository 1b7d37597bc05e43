package io.opsflow.bench.commands;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.catalog.CreateTaskCategory;
import io.opsflow.api.catalog.CreateTaskType;
import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.ChangeTaskStatus;
import io.opsflow.api.task.CreateTask;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.commandside.eventstore.EventMetadata;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.messaging.MetaData;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The commands that are measured, the same in every way, and the catalog that they need. */
final class Sample {

    static final String DOMAIN = "domain-0000000bench";
    static final String WORKSPACE = "workspace-00000000000a";
    static final String PROJECT = "project-00000000000a";
    static final String CATEGORY = "category-00000000000a";
    static final String TASK_TYPE = "task-type-00000000000a";
    static final String TODO = "status-00000000000a";
    static final String NAME = "Certificate expires on node-0815";
    static final String DESCRIPTION = "Seen by the monitoring twice within the hour; look at the graphs first.";
    static final String ASSIGNEE = "user-007@example.com";
    static final String DATA = """
            {"customer": "customer-4711", "region": "region-07", "cost": 4250, "sla": {"tier": "gold"}, "labels": ["l3", "l9"]}""";
    static final StatusOptions STATUSES = new StatusOptions(
            List.of(new StatusOption(TODO, "To Do", "#6b7280", true)),
            List.of(new StatusOption("status-00000000000b", "In Progress", "#2563eb", true)),
            List.of(new StatusOption("status-00000000000c", "Done", "#16a34a", true)));

    private static final List<String> NEXT = List.of("status-00000000000b", "status-00000000000c");
    private static final int PEOPLE = 8;

    private Sample() {}

    static Caller caller(int worker) {
        return new Caller(Role.WORKSPACE_OWNER, ActorKind.USER, user(worker), DOMAIN, WORKSPACE, null, List.of());
    }

    static String user(int worker) {
        return "user-%03d@example.com".formatted(worker % PEOPLE);
    }

    static CreateTask create(String taskId) {
        return new CreateTask(
                taskId,
                DOMAIN,
                WORKSPACE,
                NAME,
                TODO,
                PROJECT,
                TASK_TYPE,
                Priority.HIGH,
                DESCRIPTION,
                List.of(),
                Mentions.NONE,
                ASSIGNEE,
                data());
    }

    static ChangeTaskStatus change(String taskId, int turn) {
        return new ChangeTaskStatus(taskId, next(turn), null);
    }

    /** The status that a task goes to: now this, now that. */
    static String next(int turn) {
        return NEXT.get(turn % NEXT.size());
    }

    static String newTaskId() {
        byte[] bytes = new byte[6];
        ThreadLocalRandom.current().nextBytes(bytes);
        return "task-" + HexFormat.of().formatHex(bytes);
    }

    static List<Object> catalog() {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        return List.of(
                new CreateTaskCategory(CATEGORY, DOMAIN, "Bench", STATUSES, "", List.of(), nothing, ""),
                new CreateTaskType(TASK_TYPE, "Ticket", CATEGORY, "", List.of(), List.of(), false, nothing));
    }

    static Caller admin() {
        return new Caller(Role.DOMAIN_ADMIN, ActorKind.USER, "admin@example.com", DOMAIN, null, null, List.of());
    }

    /** What the HTTP face sends along with a command. */
    static MetaData metaData(Caller caller) {
        return MetaData.from(Map.of(
                EventMetadata.CALLER, caller,
                EventMetadata.ACTOR, caller.userId(),
                EventMetadata.ACTOR_KIND, caller.kind().name(),
                EventMetadata.REQUEST_ID, UUID.randomUUID().toString(),
                EventMetadata.CORRELATION_ID, UUID.randomUUID().toString()));
    }

    private static ObjectNode data() {
        return (ObjectNode) Json.parse(DATA.getBytes(StandardCharsets.UTF_8));
    }
}
