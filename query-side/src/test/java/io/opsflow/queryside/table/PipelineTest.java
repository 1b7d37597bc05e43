package io.opsflow.queryside.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.queryside.fixture.Servers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.SqlArrayValue;

class PipelineTest {

    private static final ResultSetExtractor<Integer> NUMBER = rows -> {
        rows.next();
        return rows.getInt(1);
    };

    private final SingleConnectionDataSource connection = new SingleConnectionDataSource(Servers.newDatabase(), true);
    private final Ways database = new Ways(connection);
    private final Pipeline pipeline = new Pipeline(database);

    @BeforeEach
    void makeATable() {
        database.execute("create table box (id integer primary key, content text)");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() {
        connection.destroy();
    }

    @Test
    void eachStatementSeesWhatThoseBeforeItHaveDoneAndAllGoTogether() {
        Supplier<Integer> before = pipeline.query("select count(*)::int from box", NUMBER);
        Supplier<Integer> added = pipeline.update("insert into box values (?, ?), (?, ?)", 1, "a", 2, null);
        Supplier<Integer> between = pipeline.query("select count(*)::int from box where id > ?", NUMBER, 0);
        Supplier<Integer> removed = pipeline.update("delete from box where id = ?", 1);
        Supplier<Integer> after = pipeline.query("select count(*)::int from box", NUMBER);
        assertThat(database.sent).isEmpty();

        assertThat(after.get()).isOne();
        assertThat(before.get()).isZero();
        assertThat(added.get()).isEqualTo(2);
        assertThat(between.get()).isEqualTo(2);
        assertThat(removed.get()).isOne();
        assertThat(database.sent).hasSize(1);
    }

    /** The driver makes names for statements that come again, those of a pipeline too. */
    @Test
    void theSameStatementsComeAgainWithOtherValues() {
        for (int i = 0; i < 20; i++) {
            pipeline.update("insert into box values (?, ?)", i, "number " + i);
            Supplier<String> content =
                    pipeline.queryMany("select content from box where id = ?", PipelineTest::text, i);
            assertThat(content.get()).isEqualTo("number " + i);
        }
        assertThat(database.queryForObject("select count(*) from pg_prepared_statements", Integer.class))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void anArrayIsOneParameter() {
        Supplier<Integer> added = pipeline.update(
                "insert into box select * from unnest(?::integer[], ?::text[])",
                new SqlArrayValue("integer", 1, 2, 3),
                new SqlArrayValue("text", "a", "b", null));
        assertThat(added.get()).isEqualTo(3);
    }

    @Test
    void whatTheDatabaseRefusesIsThrownToWhoeverSendsIt() {
        pipeline.update("insert into box values (1, 'a')");
        pipeline.update("insert into box values (1, 'b')");
        Supplier<Integer> behind = pipeline.update("insert into box values (2, 'c')");

        assertThatThrownBy(behind::get).isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void soIsWhatAReaderRefuses() {
        Supplier<Integer> before = pipeline.update("insert into box values (1, 'a')");
        pipeline.query("select id from box where id = 2", rows -> {
            if (!rows.next()) {
                throw new IllegalStateException("there is no 2");
            }
            return true;
        });
        pipeline.update("insert into box values (3, 'c')");

        assertThatThrownBy(pipeline::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there is no 2");
        assertThat(before.get()).isOne();
    }

    @Test
    void whatIsCalledComesBehindWhatWasAdded() {
        pipeline.update("insert into box values (1, 'a')");
        int found = pipeline.call(connection -> {
            try (ResultSet rows = connection.createStatement().executeQuery("select count(*) from box")) {
                rows.next();
                return rows.getInt(1);
            }
        });
        assertThat(found).isOne();
    }

    @Test
    void whereNothingWasAddedNothingIsSent() {
        pipeline.run();
        pipeline.update("insert into box values (1, 'a')");
        pipeline.run();
        pipeline.run();
        assertThat(database.sent).hasSize(1);
    }

    /** More than any buffer between here and the server holds, in both directions: neither waits for the other for ever. */
    @Test
    @Timeout(60)
    void muchIsAskedAndMuchIsAnswered() {
        String large = "x".repeat(1_000_000);
        List<Supplier<String>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pipeline.update("insert into box values (?, ?)", i, large);
            answers.add(pipeline.queryMany("select content from box where id = ?", PipelineTest::text, i));
        }
        pipeline.run();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).hasSize(large.length()));
        assertThat(database.sent).hasSize(20);
    }

    private static String text(ResultSet rows) throws SQLException {
        rows.next();
        return rows.getString(1);
    }

    /** Remembers what was sent at once. */
    private static final class Ways extends JdbcTemplate {

        final List<String> sent = new ArrayList<>();

        Ways(SingleConnectionDataSource connection) {
            super(connection);
        }

        @Override
        public <T extends @Nullable Object> T execute(String sql, PreparedStatementCallback<T> action) {
            sent.add(sql);
            return super.execute(sql, action);
        }
    }
}
