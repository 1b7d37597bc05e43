package io.opsflow.commandside.rest;

import static java.util.Objects.requireNonNullElse;

import io.opsflow.api.catalog.StatusOption;
import io.opsflow.api.catalog.StatusOptions;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import io.opsflow.api.task.StatusType;
import io.opsflow.api.task.TaskStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads the statuses of a category: three lists of at least one, each id once, exactly one default a list (the first
 * where none is marked). Where a status_id is absent it is made here.
 */
@Component
class StatusOptionLists {

    private static final String KEY = "status_options";
    private static final int LIST = 100;

    private final Ids ids;

    StatusOptionLists(Ids ids) {
        this.ids = ids;
    }

    /** Null where not given. */
    @Nullable
    StatusOptions of(Members request) {
        return request.object(KEY, this::read);
    }

    private StatusOptions read(Members lists) {
        StatusOptions options = new StatusOptions(
                list(lists, StatusType.TODO), list(lists, StatusType.IN_PROGRESS), list(lists, StatusType.COMPLETED));
        lists.end();
        Set<String> seen = new HashSet<>();
        for (TaskStatus status : options.all().toList()) {
            if (!seen.add(status.statusId())) {
                throw ApiException.invalid(KEY, "status_id given twice: " + status.statusId());
            }
        }
        return options;
    }

    private List<StatusOption> list(Members lists, StatusType type) {
        List<StatusOption> options = lists.list(type.name(), LIST, this::option);
        if (options == null) {
            throw ApiException.required(lists.key(type.name()));
        }
        long defaults = options.stream().filter(StatusOption::isDefault).count();
        if (defaults > 1) {
            throw ApiException.invalid(lists.key(type.name()), "only one can be the default");
        }
        return defaults == 1 ? options : firstAsDefault(options);
    }

    private static List<StatusOption> firstAsDefault(List<StatusOption> options) {
        List<StatusOption> marked = new ArrayList<>(options);
        StatusOption first = options.getFirst();
        marked.set(0, new StatusOption(first.statusId(), first.name(), first.color(), true));
        return List.copyOf(marked);
    }

    private StatusOption option(JsonNode element, String key) {
        Members option = Members.of(element, key);
        String given = option.filledText("status_id", 255);
        StatusOption read = new StatusOption(
                given == null ? ids.next(Ids.Kind.STATUS) : given,
                option.requiredText("name", 255),
                requireNonNullElse(option.text("color", 255), ""),
                option.flag("is_default"));
        option.end();
        return read;
    }
}
