package io.opsflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DatabaseWatchTest {

    /** A start that recovers may take a minute and fail, and the next one has to have its chance. */
    private static final Duration HEALING = Duration.ofSeconds(180);

    @Test
    void aServerThatSomebodyKilledComesBackOnItsPortWithItsData() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary()) {
            DatabaseWatch watch = DatabaseWatch.over(database);
            for (long time = 1; time <= 2; time++) {
                long kept = time;
                number(database, "create table kept%1$d as select %1$d; select 1".formatted(kept));
                postmaster(database).destroyForcibly();
                await().atMost(HEALING)
                        .ignoreExceptions()
                        .until(() -> number(database, "select * from kept" + kept) == kept);
            }
            watch.close();
        }
    }

    @Test
    void workersThatAreAtSomethingDoNotKeepTheNewServerAway() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary();
                Connection connection = connect(database);
                Statement busy = connection.createStatement()) {
            long worker = number(busy, "select pg_backend_pid()");
            // A loop that never looks whether its postmaster is alive.
            Thread query = Thread.ofVirtual()
                    .start(() -> assertThatThrownBy(() -> busy.execute("do $$ begin loop end loop; end $$"))
                            .isInstanceOf(SQLException.class));
            await().atMost(HEALING)
                    .until(() -> number(
                                    database,
                                    "select count(*) from pg_stat_activity where state = 'active' and pid = " + worker)
                            == 1);
            postmaster(database).destroyForcibly();
            await().atMost(HEALING).until(() -> database.revive());
            assertThat(number(database, "select 1")).isEqualTo(1);
            query.join();
        }
    }

    @Test
    void aServerThatItsOwnerStoppedStaysStopped() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary()) {
            assertThat(database.revive()).as("it runs").isFalse();
            database.pause();
            assertThat(database.revive()).as("it was paused").isFalse();
            database.restart();
            database.kill();
            assertThat(database.revive()).as("it was killed on purpose").isFalse();
            database.restart();
            assertThat(number(database, "select 1")).isEqualTo(1);
        }
    }

    private static ProcessHandle postmaster(EmbeddedDatabase database) throws SQLException {
        return ProcessHandle.of(number(database, "select pg_backend_pid()"))
                .flatMap(ProcessHandle::parent)
                .orElseThrow();
    }

    private static long number(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            return number(statement, sql);
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        boolean isResult = statement.execute(sql);
        while (!isResult) {
            isResult = statement.getMoreResults();
        }
        try (ResultSet row = statement.getResultSet()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl("postgres"), database.user(), database.password());
    }
}
