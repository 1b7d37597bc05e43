package io.opsflow.queryside.audit;

import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatusChanged;
import java.util.List;
import java.util.stream.Stream;

/** What happened, as a sentence that a person understands. */
final class Sentence {

    private static final int NAMED = 3;

    private Sentence() {}

    /**
     * @param events of this type, in their order, at least one
     * @param task the name that the task had before; where it is created, its first
     */
    static String of(AuditEventType type, List<TaskEvent> events, String actor, String task) {
        String what = joined(events.stream().map(Sentence::words).toList());
        return switch (type) {
            case CREATED -> actor + " created the task \"" + task + "\" " + what + ".";
            case UPDATED -> actor + " updated the task \"" + task + "\": " + what + ".";
            case CHANGE_STATUS -> actor + " changed the status of the task \"" + task + "\" " + what + ".";
            case DELETED -> actor + " deleted the task \"" + task + "\".";
        };
    }

    private static String words(TaskEvent event) {
        return switch (event) {
            case TaskCreated created -> "in the status " + created.status().name();
            case TaskRenamed renamed -> "renamed it to \"" + renamed.name() + "\"";
            case TaskPrioritized prioritized -> "set its priority to " + prioritized.priority();
            case TaskDescribed described ->
                described.description().isEmpty() ? "cleared its description" : "changed its description";
            case TaskFilesChanged changed -> changed.files().isEmpty() ? "removed its files" : "changed its files";
            case TaskMentioned mentioned -> "mentioned " + names(mentioned.mentions());
            case TaskAssigned assigned ->
                assigned.assignee().isEmpty() ? "took it from its assignee" : "assigned it to " + assigned.assignee();
            case TaskDataChanged __ -> "changed its data";
            case TaskMoved moved -> "moved it from " + moved.fromProjectId() + " to " + moved.projectId();
            case TaskStatusChanged changed ->
                "from " + changed.before().name() + " to " + changed.after().name();
            case TaskDeleted __ -> "deleted it";
        };
    }

    private static String names(Mentions mentions) {
        List<String> all = Stream.concat(mentions.users().stream(), mentions.userGroups().stream())
                .toList();
        if (all.isEmpty()) {
            return "nobody";
        }
        return all.size() <= NAMED
                ? joined(all)
                : String.join(", ", all.subList(0, NAMED)) + " and " + (all.size() - NAMED) + " more";
    }

    private static String joined(List<String> parts) {
        String last = parts.getLast();
        return parts.size() == 1 ? last : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + last;
    }
}
