package io.opsflow.bench.readmodel;

import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.json.Json;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.Priority;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatus;
import io.opsflow.api.task.TaskStatusChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One task from its creation on, request by request. */
final class Life {

    static final String DOMAIN = "domain-0000000bench";

    /** So many events have eight tasks one behind the other. */
    static final int EVENTS_OF_EIGHT = 32;

    private static final int WORKSPACES = 10;
    private static final int PROJECTS = 50;

    private static final int HOSTS = 5_000;
    private static final int CUSTOMERS = 5_000;
    private static final int PEOPLE = 200;
    private static final int TYPES = 20;

    /**
     * What comes after the creation: requests with their events, which are a Status changed, Assigned, a Name, Data. Three
     * events a task on average, and of all events with the creations one in four is in a request of two.
     */
    private static final List<String> LIVES =
            List.of("S S", "SA S", "A S S", "SA D S", "ND S", "A D S S", "SA D N S", "");

    private static final List<String> WHAT = List.of(
            "Disk full", "Kernel panic", "Certificate expires", "Latency too high", "Backup failed", "Login refused");
    private static final List<String> TIERS = List.of("gold", "silver", "bronze");
    private static final List<Priority> PRIORITIES =
            List.of(Priority.HIGH, Priority.MEDIUM, Priority.MEDIUM, Priority.LOW);

    /** Odd, so that no two numbers have one id; ids come in no order, as in life. */
    private static final long SCATTER = 0x9e37_79b9_7f4bL;

    private static final long ID_BITS = (1L << 48) - 1;

    private final SplittableRandom random;
    private final String taskId;
    private final int project;
    private final int type;
    private final List<String> requests;
    private int happened;
    private long sequence;
    private TaskStatus status;
    private @Nullable Instant startedAt;

    /** @param number from 0 */
    Life(int number, SplittableRandom random) {
        this.random = random;
        taskId = "task-%012x".formatted(number * SCATTER & ID_BITS);
        project = random.nextInt(PROJECTS);
        type = random.nextInt(TYPES);
        String life = LIVES.get(number % LIVES.size());
        requests = life.isEmpty() ? List.of() : List.of(life.split(" "));
        status = status(StatusType.TODO);
    }

    boolean isOver() {
        return happened > requests.size();
    }

    String workspaceId() {
        return "workspace-%012x".formatted(project / (PROJECTS / WORKSPACES));
    }

    String projectId() {
        return "project-%012x".formatted(project);
    }

    /** The number of its next event. */
    long nextSequence() {
        return sequence++;
    }

    /** The events of the next request: first its creation, then what changes. */
    List<DomainEvent> next(Instant at) {
        int request = happened++;
        if (request == 0) {
            return List.of(created(at));
        }
        List<DomainEvent> events = new ArrayList<>();
        for (char initial : requests.get(request - 1).toCharArray()) {
            events.add(
                    switch (initial) {
                        case 'S' -> moved(at);
                        case 'A' -> new TaskAssigned(taskId, person(), at);
                        case 'N' -> new TaskRenamed(taskId, name(), at);
                        case 'D' -> new TaskDataChanged(taskId, data(), at);
                        default -> throw new IllegalStateException("no such event: " + initial);
                    });
        }
        return events;
    }

    private TaskCreated created(Instant at) {
        return new TaskCreated(
                taskId,
                name(),
                status,
                pick(PRIORITIES),
                random.nextBoolean() ? "Seen by the monitoring twice within the hour; look at the graphs first." : "",
                List.of(),
                Mentions.NONE,
                random.nextInt(10) == 0 ? "" : person(),
                data(),
                person(),
                DOMAIN,
                workspaceId(),
                projectId(),
                categoryId(),
                "task-type-%012x".formatted(type),
                null,
                null,
                at);
    }

    private TaskStatusChanged moved(Instant at) {
        boolean begins = status.statusType() == StatusType.TODO;
        TaskStatus before = status;
        status = status(begins ? StatusType.IN_PROGRESS : StatusType.COMPLETED);
        startedAt = begins ? at : startedAt;
        return new TaskStatusChanged(taskId, categoryId(), before, status, startedAt, begins ? null : at, at);
    }

    private String categoryId() {
        return "category-%012x".formatted(type / 4);
    }

    private TaskStatus status(StatusType statusType) {
        String name =
                switch (statusType) {
                    case TODO -> "To Do";
                    case IN_PROGRESS -> "In Progress";
                    case COMPLETED -> "Done";
                };
        return new TaskStatus("status-%06x%06x".formatted(type / 4, statusType.ordinal()), name, statusType);
    }

    String person() {
        return "user-%03d@example.com".formatted(random.nextInt(PEOPLE));
    }

    private String name() {
        return "%s on node-%04d".formatted(pick(WHAT), random.nextInt(HOSTS));
    }

    private ObjectNode data() {
        ObjectNode data = Json.mapper().createObjectNode();
        data.put("customer", "customer-%04d".formatted(random.nextInt(CUSTOMERS)));
        data.put("region", "region-%02d".formatted(random.nextInt(20)));
        data.put("cost", random.nextInt(10_000));
        data.putObject("sla").put("tier", pick(TIERS));
        data.putArray("labels").add("l" + random.nextInt(30)).add("l" + random.nextInt(30));
        return data;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
