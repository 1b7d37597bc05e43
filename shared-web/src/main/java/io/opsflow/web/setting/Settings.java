package io.opsflow.web.setting;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;

/**
 * All settings of the sides on the class path, as the compiler wrote them down from the records that hold them (Spring
 * Boot's configuration metadata). Whoever adds a component to such a record adds a setting here.
 *
 * @param all sorted by name; what both sides read is there twice
 * @param records that the settings are bound to
 */
public record Settings(SortedSet<Setting> all, SortedSet<Group> records) {

    private static final String FILE = "META-INF/spring-configuration-metadata.json";
    private static final String OURS = "opsflow";

    /** A record of settings, and the prefix of their names. */
    public record Group(String prefix, Class<?> type) {}

    public static Settings onTheClassPath() {
        ClassLoader loader = Settings.class.getClassLoader();
        Settings settings = new Settings(
                new TreeSet<>(Comparator.comparing(Setting::name).thenComparing(Setting::holder)),
                new TreeSet<>(Comparator.comparing(Group::prefix)
                        .thenComparing(group -> group.type().getName())));
        try {
            for (URL file : Collections.list(loader.getResources(FILE))) {
                try (InputStream content = file.openStream()) {
                    JsonNode metadata = Json.mapper().readTree(content);
                    each(
                            metadata,
                            "properties",
                            (name, property) -> settings.all().add(setting(name, property)));
                    each(metadata, "groups", (name, group) -> settings.records().add(group(name, group, loader)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static void each(JsonNode metadata, String member, BiFunction<String, JsonNode, Boolean> reader) {
        for (JsonNode element : metadata.path(member)) {
            String name = element.get("name").stringValue();
            if (name.equals(OURS) || name.startsWith(OURS + ".")) {
                reader.apply(name, element);
            }
        }
    }

    private static Setting setting(String name, JsonNode property) {
        return new Setting(
                name,
                property.get("type").stringValue(),
                property.path("description").stringValue(""),
                property.has("defaultValue") ? property.get("defaultValue").asString() : null,
                property.get("sourceType").stringValue());
    }

    private static Group group(String name, JsonNode group, ClassLoader loader) {
        return new Group(name, ClassUtils.resolveClassName(group.get("type").stringValue(), loader));
    }
}
