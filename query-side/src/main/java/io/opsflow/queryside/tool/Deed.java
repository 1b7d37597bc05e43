package io.opsflow.queryside.tool;

import io.opsflow.api.json.Json;
import io.opsflow.api.task.FileInfo;
import io.opsflow.api.task.Mentions;
import io.opsflow.api.task.TaskAssigned;
import io.opsflow.api.task.TaskCreated;
import io.opsflow.api.task.TaskDataChanged;
import io.opsflow.api.task.TaskDeleted;
import io.opsflow.api.task.TaskDescribed;
import io.opsflow.api.task.TaskEvent;
import io.opsflow.api.task.TaskFilesChanged;
import io.opsflow.api.task.TaskInfo;
import io.opsflow.api.task.TaskMentioned;
import io.opsflow.api.task.TaskMoved;
import io.opsflow.api.task.TaskPrioritized;
import io.opsflow.api.task.TaskRenamed;
import io.opsflow.api.task.TaskStatusChanged;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event did to a task, in one line: from what to what. */
final class Deed {

    private Deed() {}

    /** @param before the task before the event; where that creates it, after it */
    static String of(TaskEvent event, TaskInfo before) {
        return switch (event) {
            case TaskCreated created -> creation(created);
            case TaskRenamed renamed -> "name: " + change(Text.quoted(before.name()), Text.quoted(renamed.name()));
            case TaskDescribed described ->
                "description: " + change(textOrNone(before.description()), textOrNone(described.description()));
            case TaskPrioritized prioritized ->
                "priority: " + change(before.priority(), prioritized.priority().name());
            case TaskAssigned assigned ->
                "assignee: " + change(nameOrNobody(before.assignee()), nameOrNobody(assigned.assignee()));
            case TaskFilesChanged changed -> {
                List<String> files =
                        before.files().stream().map(FileInfo::fileId).toList();
                yield "files: " + change(names(files), names(changed.files()));
            }
            case TaskMentioned mentioned -> "mentioned " + mentions(mentioned.mentions());
            case TaskDataChanged changed -> data(before.data(), changed.data());
            case TaskMoved moved ->
                "project: " + change(Text.line(moved.fromProjectId()), Text.line(moved.projectId()));
            case TaskStatusChanged changed ->
                "status: "
                        + change(
                                Text.line(changed.before().name()),
                                Text.line(changed.after().name()));
            case TaskDeleted deleted ->
                "deleted in " + Text.line(deleted.status().name());
        };
    }

    private static String creation(TaskCreated created) {
        StringBuilder line = new StringBuilder("created %s in %s, priority %s, project %s"
                .formatted(
                        Text.quoted(created.name()),
                        Text.line(created.status().name()),
                        created.priority(),
                        Text.line(created.projectId())));
        if (!created.assignee().isEmpty()) {
            line.append(", assignee ").append(Text.line(created.assignee()));
        }
        if (!created.files().isEmpty()) {
            line.append(", files ").append(names(created.files()));
        }
        if (!created.data().isEmpty()) {
            line.append(", data ").append(Text.excerpt(Json.write(created.data())));
        }
        if (!created.mentions().equals(Mentions.NONE)) {
            line.append(", mentioned ").append(mentions(created.mentions()));
        }
        return line.toString();
    }

    /** Member by member, as they differ in anything a client could see. */
    private static String data(ObjectNode before, ObjectNode after) {
        Set<String> members = new LinkedHashSet<>(before.propertyNames());
        members.addAll(after.propertyNames());
        String changes = members.stream()
                .filter(member -> !value(before.get(member)).equals(value(after.get(member))))
                .map(member -> "data.%s: %s"
                        .formatted(
                                Text.line(member),
                                change(
                                        Text.excerpt(value(before.get(member))),
                                        Text.excerpt(value(after.get(member))))))
                .collect(Collectors.joining(", "));
        return changes.isEmpty() ? "data: the order of its members" : changes;
    }

    private static String value(@Nullable JsonNode value) {
        return value == null ? "unset" : Json.write(value);
    }

    private static String mentions(Mentions mentions) {
        return names(Stream.concat(
                        mentions.users().stream(),
                        mentions.userGroups().stream().map("group %s"::formatted))
                .toList());
    }

    private static String names(List<String> names) {
        return names.isEmpty() ? "none" : Text.line(String.join(", ", names));
    }

    private static String textOrNone(String text) {
        return text.isEmpty() ? "none" : Text.quoted(text);
    }

    private static String nameOrNobody(String name) {
        return name.isEmpty() ? "nobody" : Text.line(name);
    }

    private static String change(String from, String to) {
        return from + " -> " + to;
    }
}
