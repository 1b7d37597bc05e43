package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The commands of docs/runbook.md work as they stand: those in {@code bash}, which ask the service, and those in {@code
 * sql}. Those in {@code sh} are for a deployment in containers, which is not there.
 */
class RunbookTest extends ServiceTest {

    private static final Path RUNBOOK = Path.of("../docs/runbook.md");

    @Test
    void everyCommandThatAsksTheServiceIsAnswered() throws Exception {
        created(owner, aTask("for the runbook"));
        List<String> commands = blocks("bash");
        assertThat(commands).hasSizeGreaterThan(20);

        ProcessBuilder bash = new ProcessBuilder(
                "bash", "-e", "-u", "-o", "pipefail", "-c", String.join("\n", commands) + "\necho all done");
        bash.environment().put("OPSFLOW", service().address());
        bash.environment().put("NODE", service().address());
        bash.environment()
                .put(
                        "TOKEN",
                        service()
                                .identity()
                                .token(Demo.ROOT_DOMAIN)
                                .role("SYSTEM_ADMIN")
                                .user("root@example.com")
                                .build());
        Process process = bash.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).endsWith("all done\n");
    }

    @Test
    void everyStatementIsOneOfTheDatabase() throws Exception {
        List<String> statements = blocks("sql");
        assertThat(statements).hasSizeGreaterThan(3);
        var database = service().database();
        try (Connection connection = DriverManager.getConnection(
                        database.jdbcUrl("event_store"), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                assertThat(statement.execute(sql)).as("%s answers rows", sql).isTrue();
            }
        }
    }

    private static List<String> blocks(String language) throws Exception {
        return Pattern.compile("(?ms)^ *```" + language + "\\n(.*?)^ *```$")
                .matcher(Files.readString(RUNBOOK))
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
