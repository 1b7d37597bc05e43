package io.opsflow.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Constants;
import org.springframework.boot.SpringBootVersion;

/** What was measured on what: the same figures mean another thing elsewhere. */
public record Environment(Map<String, String> machine, Map<String, String> versions) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String SETTINGS = """
            select string_agg(name || ' = ' || current_setting(name), ', ' order by name)
              from pg_settings
             where name in ('shared_buffers', 'work_mem', 'jit', 'fsync', 'synchronous_commit')
            """;

    public static Environment of(DataSource database, String commit) throws SQLException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", processor());
        machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("memory", memory());
        machine.put("system", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("opsflow", commit);
        versions.put("java", property("java.runtime.version"));
        versions.put("spring_boot", String.valueOf(SpringBootVersion.getVersion()));
        versions.put("jooq", Constants.FULL_VERSION);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            versions.put("postgresql_driver", connection.getMetaData().getDriverVersion());
            versions.put("postgresql", text(statement, "select current_setting('server_version')"));
            versions.put("postgresql_settings", text(statement, SETTINGS));
        }
        return new Environment(machine, versions);
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String processor() {
        if (!Files.isReadable(CPU_INFO)) {
            return property("os.arch");
        }
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(property("os.arch"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? "%.1f GiB".formatted(system.getTotalMemorySize() / (double) (1 << 30))
                : "unknown";
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
