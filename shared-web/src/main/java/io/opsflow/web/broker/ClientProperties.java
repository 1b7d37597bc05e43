package io.opsflow.web.broker;

import io.opsflow.web.setting.SettingCheck;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;

/**
 * A file of settings for clients of Kafka by Kafka's own names, as Kafka's tools take one: those that let a client in,
 * and no others, as what a client does is not the file's business. Some are secret, so it does not print them.
 *
 * @param file properties in UTF-8
 * @param values what stands in it; nothing until it was {@linkplain #read read}
 */
public record ClientProperties(String file, Map<String, String> values) {

    private static final Pattern OF_ACCESS =
            Pattern.compile("(security|sasl|ssl|socket)\\..+|client\\.dns\\.lookup|config\\.providers(\\..+)?");

    private static final List<String> FILES =
            List.of(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG);

    /** How Spring makes one of what stands in a variable. */
    public static ClientProperties of(String file) {
        return new ClientProperties(file, Map.of());
    }

    /**
     * With what stands in the file; null where none is given, or where something is wrong with it, which the check is
     * told. No line of it is repeated: one that was broken where it should not be is part of a key.
     */
    public static @Nullable ClientProperties read(
            SettingCheck check, String variable, @Nullable ClientProperties given) {
        if (given == null || given.file.isBlank()) {
            return null;
        }
        String content = check.content(variable, given.file);
        return content == null ? null : given.read(check, variable, content);
    }

    private @Nullable ClientProperties read(SettingCheck check, String variable, String content) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no disk in it
        } catch (IllegalArgumentException e) {
            check.that(false, "%s names a file that is no properties.".formatted(variable));
            return null;
        }
        Map<String, String> found = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> found.put(name, properties.getProperty(name)));
        found.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG); // Kafka's tools may need it there
        long others = found.keySet().stream()
                .filter(name -> !OF_ACCESS.matcher(name).matches())
                .count();
        check.that(
                others == 0,
                "%s names a file with %d settings that are not about access: what begins with security., sasl., ssl., socket. or config.providers, and client.dns.lookup."
                        .formatted(variable, others));
        List<String> wrong = wrong(found);
        check.that(
                wrong.isEmpty(),
                "%s names a file with settings that Kafka does not take: %s."
                        .formatted(variable, String.join(", ", wrong)));
        return new ClientProperties(file, Map.copyOf(found));
    }

    /** The names of those that a client would end over, as far as can be told without a broker. */
    private static List<String> wrong(Map<String, String> found) {
        Map<String, String> known = new TreeMap<>(found);
        known.keySet().removeIf(name -> !OF_ACCESS.matcher(name).matches());
        if (known.containsKey(AbstractConfig.CONFIG_PROVIDERS_CONFIG)) {
            return List.of(); // what they provide is known to Kafka alone
        }
        List<String> names = new ArrayList<>(AdminClientConfig.configDef().validate(known).stream()
                .filter(value -> known.containsKey(value.name())
                        && !value.errorMessages().isEmpty())
                .map(ConfigValue::name)
                .toList());
        FILES.stream()
                .filter(name -> known.containsKey(name) && !isFile(known.get(name)))
                .forEach(names::add);
        if (!isLogin(known)) {
            names.add(SaslConfigs.SASL_JAAS_CONFIG);
        }
        return names.stream().distinct().sorted().toList();
    }

    private static boolean isFile(String path) {
        try {
            return Files.isReadable(Path.of(path)) && !Files.isDirectory(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Kafka's own word on it would repeat parts of a password. */
    private static boolean isLogin(Map<String, String> known) {
        if (!known.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "")
                .toUpperCase(Locale.ROOT)
                .startsWith("SASL_")) {
            return true;
        }
        Map<String, Object> settings = new HashMap<>(known);
        settings.computeIfPresent(SaslConfigs.SASL_JAAS_CONFIG, (name, login) -> new Password(login.toString()));
        try {
            JaasContext.loadClientContext(settings);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return file;
    }
}
