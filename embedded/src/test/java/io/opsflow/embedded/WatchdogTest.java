package io.opsflow.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private static final TopicPartition KEPT = new TopicPartition("kept", 0);
    private static final Duration HEALING = Duration.ofSeconds(60);

    @Test
    void aServerThatSomebodyKilledComesBackOnItsPortWithItsData() throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary()) {
            Watchdog watchdog = Watchdog.over(database);
            for (long time = 1; time <= 2; time++) {
                long kept = time;
                number(database, "create table kept%1$d as select %1$d; select 1".formatted(kept));
                postmaster(database).destroyForcibly();
                await().atMost(HEALING)
                        .ignoreExceptions()
                        .until(() -> number(database, "select * from kept" + kept) == kept);
                assertThat(database.revive()).as("the watch is done with it").isFalse();
            }
            watchdog.close();
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
    void aStartThatFailedDoesNotKeepTheNextOneFromStarting() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary()) {
            Path data = dataDirectory(database);
            database.pause();
            // What the library leaves behind in this JVM when it gives up a start.
            try (FileChannel left = FileChannel.open(data.resolve("epg-lock"), WRITE, CREATE)) {
                assertThat(left.tryLock()).isNotNull();

                database.restart();
            }
            assertThat(number(database, "select 1")).isEqualTo(1);
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

    /** What a full disk makes Kafka do, in a thread of its own. */
    @Test
    void aBrokerThatGivesUpComesBackOnItsPortWithItsRecordsAndTheJvmStays() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(KEPT.topic(), 1, (short) 1)))
                    .all()
                    .get();
            send(broker, "first");
            Watchdog watchdog = Watchdog.over(broker);
            itGivesUp();
            await().atMost(HEALING).until(() -> !broker.hasGivenUp());
            watchdog.close();
            send(broker, "second");
            assertThat(admin.listOffsets(Map.of(KEPT, OffsetSpec.latest()))
                            .partitionResult(KEPT)
                            .get()
                            .offset())
                    .isEqualTo(2);

            itGivesUp();
            broker.pause();
            assertThat(broker.revive()).as("its owner stopped it").isFalse();
            broker.restart();
            assertThat(broker.revive()).as("it runs").isFalse();
            send(broker, "third");
        }
    }

    private static void itGivesUp() {
        assertThatThrownBy(() -> Exit.halt(1)).hasMessageContaining("given up");
    }

    private static void send(EmbeddedBroker broker, String value) throws Exception {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(KEPT.topic(), value)).get();
        }
    }

    /** While the backend is there to ask for its parent. */
    private static ProcessHandle postmaster(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            return ProcessHandle.of(number(statement, "select pg_backend_pid()"))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow();
        }
    }

    private static Path dataDirectory(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            return Path.of(row.getString(1));
        }
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
