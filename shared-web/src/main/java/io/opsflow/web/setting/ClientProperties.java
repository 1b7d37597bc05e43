package io.opsflow.web.setting;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A file of settings for clients of Kafka by Kafka's own names, as Kafka's tools take one. Some of them are secret, so it
 * does not print them.
 *
 * @param file properties in UTF-8
 * @param values what stands in it; nothing until {@link SettingCheck} has read it
 */
public record ClientProperties(String file, Map<String, String> values) {

    /** How Spring makes one of what stands in a variable. */
    public static ClientProperties of(String file) {
        return new ClientProperties(file, Map.of());
    }

    /** @throws IllegalArgumentException where it names no file, or one that is no properties */
    ClientProperties read() throws IOException {
        Properties properties = new Properties();
        try (Reader content = Files.newBufferedReader(Path.of(file.strip()))) {
            properties.load(content);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return new ClientProperties(file, Map.copyOf(values));
    }

    @Override
    public String toString() {
        return file;
    }
}
