package io.opsflow.queryside.generation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Makes what a generation needs once its tables are filled: indexes above all. Each script is a connection's, a few at a
 * time: PostgreSQL makes indexes beside each other in two thirds of the time that it takes for one after the other by
 * several processes each. Whoever was stopped in the middle runs all scripts again, so each passes over what is there.
 */
final class Indexes implements JavaMigration {

    /** The long ones first, so that none is left alone at the end; {@code task} ends with what waits for {@code task_words}. */
    private static final List<String> SCRIPTS =
            List.of("task_words", "task", "audit_event", "event_log", "task_past", "catalog");

    private static final int AT_ONCE = 3;

    private final DataSource dataSource;

    /** @param dataSource whose statements mean the generation's tables and may take long */
    Indexes(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name("indexes-", 0).factory())) {
            List<Future<@Nullable Void>> runs = new ArrayList<>();
            for (String script : SCRIPTS) {
                Callable<@Nullable Void> run = () -> run(script);
                runs.add(threads.submit(run));
            }
            for (Future<@Nullable Void> run : runs) {
                await(run);
            }
        }
    }

    private @Nullable Void run(String script) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            new ResourceDatabasePopulator(new ClassPathResource("%s/indexes/%s.sql".formatted(Layout.SCRIPTS, script)))
                    .populate(connection);
        }
        return null;
    }

    private static void await(Future<@Nullable Void> run) throws SQLException {
        try {
            run.get();
        } catch (ExecutionException e) {
            throw new SQLException("not all indexes could be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the process is stopping");
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("2");
    }

    @Override
    public String getDescription() {
        return "indexes";
    }

    /** None: whoever changes a script changes the {@link Layout}. */
    @Override
    public @Nullable Integer getChecksum() {
        return null;
    }

    /** In Flyway's own, that does nothing else: where it fails, it leaves no trace of having been tried. */
    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
