package io.opsflow.web.tool;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What follows a tool's name: {@code --name value} or {@code --name=value}, or {@code --flag}, each at most once. */
public record Options(Map<String, String> values) {

    /** @throws ToolFailure for anything but the names the tool knows */
    static Options parse(List<String> arguments, List<String> names, List<String> flags) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String[] parts = arguments.get(i).split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            boolean isFlag = flags.contains(name);
            if (!isFlag && !names.contains(name)) {
                throw new ToolFailure("Not an option of this tool: " + arguments.get(i));
            }
            if (isFlag && parts.length == 2) {
                throw new ToolFailure("--%s takes no value.".formatted(name));
            }
            if (!isFlag && parts.length == 1 && i + 1 == arguments.size()) {
                throw new ToolFailure("--%s needs a value.".formatted(name));
            }
            String value = isFlag ? "" : parts.length == 2 ? parts[1] : arguments.get(++i);
            if (values.put(name, value) != null) {
                throw new ToolFailure("--%s may be given once.".formatted(name));
            }
        }
        return new Options(values);
    }

    /** Empty where it was not given. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Of one without a value. */
    public boolean isGiven(String flag) {
        return values.containsKey(flag);
    }

    /**
     * A whole number of at most 18 digits; empty where it was not given.
     *
     * @param meaning of the number, for the user: {@code the number of an event}
     * @throws ToolFailure for anything else
     */
    public Optional<Long> number(String name, String meaning, long least) {
        return get(name).map(text -> {
            if (!text.matches("\\d{1,18}") || Long.parseLong(text) < least) {
                throw new ToolFailure("--%s is %s, from %d on, not %s".formatted(name, meaning, least, text));
            }
            return Long.valueOf(text);
        });
    }
}
