package io.opsflow.bench;

import java.nio.file.Path;
import java.util.Set;

/**
 * What bench/run was called with.
 *
 * @param parts those to be run
 * @param tasks that the queries are asked of
 * @param events that the read model is built of
 * @param profile whether the commands are profiled also where they meet their goals
 * @param directory where the report goes
 * @param commit of the sources, in words
 */
record Settings(Set<String> parts, int tasks, int events, boolean profile, Path directory, String commit) {

    private static final Set<String> PARTS = Set.of("commands", "queries", "read-model");

    static Settings of(String... arguments) {
        Set<String> parts = PARTS;
        int tasks = 1_000_000;
        int events = 1_000_000;
        boolean profile = false;
        String commit = "unknown";
        for (int i = 0; i < arguments.length; i++) {
            String[] option = arguments[i].split("=", 2);
            if (option[0].equals("--profile")) {
                profile = true;
                continue;
            }
            String value = option.length == 2 ? option[1] : arguments[++i];
            switch (option[0]) {
                case "--only" -> parts = part(value);
                case "--tasks" -> tasks = Integer.parseInt(value);
                case "--events" -> events = Integer.parseInt(value);
                case "--commit" -> commit = value;
                default -> throw new IllegalArgumentException("Unknown option " + option[0]);
            }
        }
        return new Settings(parts, tasks, events, profile, Path.of("target"), commit);
    }

    boolean isWanted(String part) {
        return parts.contains(part);
    }

    private static Set<String> part(String name) {
        if (!PARTS.contains(name)) {
            throw new IllegalArgumentException("There is no part " + name + ", only " + PARTS);
        }
        return Set.of(name);
    }
}
