package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.Happenings.altered;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static io.opsflow.queryside.fixture.TaskEvents.taskRenamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.opsflow.api.event.EventRecord;
import io.opsflow.queryside.fixture.EventTopic;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.ReadModelRows;
import io.opsflow.queryside.fixture.RunningQuerySide;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.generation.BuildProgress;
import io.opsflow.queryside.generation.Generation;
import io.opsflow.queryside.generation.Generations;
import io.opsflow.queryside.generation.Layout;
import io.opsflow.queryside.generation.LayoutClaim;
import io.opsflow.queryside.generation.ReadModelConnections;
import io.opsflow.queryside.generation.ReadModelSettings;
import io.opsflow.queryside.table.Pipeline;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ExtendWith(OutputCaptureExtension.class)
class RebuildTest {

    private static final int TASKS = 300;

    private final Happenings happenings = new Happenings();
    private final EventTopic topic = EventTopic.create(3);
    private final String databaseUrl = Servers.newReadModel();

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void aRebuildEndsWithTheSameRowsAndDropsTheOldOnes() {
        topic.send(history());
        topic.sendNonsense(id(1));
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS + 1);
            Map<String, List<String>> before = ReadModelRows.of(querySide.database());
            long first = live(querySide).id();

            assertThat(generations(querySide).request("admin-1")).isTrue();

            awaitAnother(querySide, first);
            assertThat(ReadModelRows.of(querySide.database())).isEqualTo(before);
            assertThat(before.get("task")).hasSize(TASKS);
            assertThat(before.get("event_log")).hasSize(3 * TASKS);
            assertThat(before.get("task_past")).hasSize(TASKS);
            assertThat(before.get("audit_event")).hasSize(2 * TASKS);
            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> schemas().equals(List.of(Layout.current().schema())));
            topic.send(happenings.one(taskRenamed(id(1), "after the rebuild")));
            assertThat(querySide.awaitTask(id(1), 3).name()).isEqualTo("after the rebuild");
        }
    }

    /** It is found when the rows of many tasks are written at once, and told from the others then. */
    @Test
    void whatTheDatabaseRefusesIsParkedByARebuildAsByTheFeed() {
        List<EventRecord> history = history();
        EventRecord renamed = happenings.one(taskRenamed(id(1), "x"));
        topic.send(history);
        topic.send(altered(renamed, "task.renamed", renamed.payload().replace("\"x\"", "\"\\u0000\"")));
        topic.send(happenings.one(taskRenamed(id(1), "behind it")));
        topic.send(happenings.one(taskRenamed(id(2), "four")));
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS + 3);
            Map<String, List<String>> before = ReadModelRows.of(querySide.database());
            assertThat(before.get("parked_event")).hasSize(2);
            long first = live(querySide).id();

            assertThat(generations(querySide).request("admin-1")).isTrue();

            awaitAnother(querySide, first);
            assertThat(ReadModelRows.of(querySide.database())).isEqualTo(before);
            assertThat(querySide.task(id(1)).info().name()).isEqualTo("three");
            assertThat(querySide.task(id(2)).info().name()).isEqualTo("four");
        }
    }

    /** Else a rebuild would fill its tables with it, and end before indexes that cannot be made. */
    @Test
    void soIsWhatOnlyAnIndexWouldRefuseAndWhatNoTimeHolds() {
        topic.send(history());
        EventRecord longName = happenings.one(taskCreated(id(TASKS + 1)));
        topic.send(altered(
                longName,
                "task.created",
                longName.payload()
                        .replace("\"assignee\":\"\"", "\"assignee\":\"%s\"".formatted(incompressible(3_000)))));
        EventRecord lateTask = happenings.one(taskCreated(id(TASKS + 2)));
        topic.send(altered(
                lateTask,
                "task.created",
                lateTask.payload().replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"+300000000-01-01T00:00:00Z\"")));
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS + 2);
            Map<String, List<String>> before = ReadModelRows.of(querySide.database());
            assertThat(before.get("parked_event"))
                    .hasSize(2)
                    .anySatisfy(
                            row -> assertThat(row).contains("a text that is looked up by is longer than 1020 bytes"))
                    .anySatisfy(row -> assertThat(row).contains("a time is not within the years 1 to 9999"));
            assertThat(before.get("task")).hasSize(TASKS);
            long first = live(querySide).id();

            assertThat(generations(querySide).request("admin-1")).isTrue();

            awaitAnother(querySide, first);
            assertThat(ReadModelRows.of(querySide.database())).isEqualTo(before);
        }
    }

    private static String incompressible(int characters) {
        Random random = new Random(1);
        return random.ints(characters, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Each of three workers writes its rows when they take 16 MiB, and goes on behind them. */
    @Test
    void aRebuildKeepsNoMoreRowsThanItsMemoryHolds() {
        int tasks = 240;
        String data = "{\"text\": \"%s\"}".formatted("x".repeat(250_000));
        for (int task = 0; task < tasks; task++) {
            topic.send(happenings.one(taskCreated(id(task), data)));
        }
        for (int task = 0; task < tasks; task++) {
            topic.send(happenings.one(taskRenamed(id(task), "two")));
        }
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 2 * tasks);
            long first = live(querySide).id();

            assertThat(generations(querySide).request("admin-1")).isTrue();

            awaitAnother(querySide, first);
            assertThat(querySide
                            .database()
                            .sql("select count(*) from task where version = 1 and name = 'two'")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(tasks);
            assertThat(querySide
                            .database()
                            .sql("select count(distinct xmin::text) from audit_event")
                            .query(Integer.class)
                            .single())
                    .as("transactions that wrote them")
                    .isGreaterThan(3);
        }
    }

    /** A part of a request that is known already has no end, and nothing waits for one. */
    @Test
    void whatARelaySendsAgainIsKnownToARebuildBeforeItsRowsAreWritten() {
        List<EventRecord> history = history();
        topic.send(history);
        history.stream().filter(event -> !event.requestLast()).forEach(topic::send);
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 4 * TASKS);
            Map<String, List<String>> before = ReadModelRows.of(querySide.database());
            long first = live(querySide).id();

            assertThat(generations(querySide).request("admin-1")).isTrue();

            awaitAnother(querySide, first);
            assertThat(ReadModelRows.of(querySide.database())).isEqualTo(before);
        }
    }

    @Test
    void whileOneIsBuiltReadsAndTheFeedGoOnAndASecondOneIsRefused() throws Exception {
        topic.send(history());
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl);
                ExecutorService reader = Executors.newSingleThreadExecutor()) {
            awaitOffsets(querySide, 3 * TASKS);
            long first = live(querySide).id();
            AtomicBoolean done = new AtomicBoolean();
            Future<Long> reads = reader.submit(() -> {
                long count = 0;
                long latest = 2;
                while (!done.get()) {
                    long version = querySide.task(id(1)).version();
                    assertThat(version).isGreaterThanOrEqualTo(latest);
                    latest = version;
                    count++;
                }
                return count;
            });

            assertThat(generations(querySide).request("admin-1")).isTrue();
            assertThat(generations(querySide).request("admin-2")).isFalse();
            long version = 2;
            while (live(querySide).id() == first) {
                topic.send(happenings.one(taskRenamed(id(1), "name " + ++version)));
            }
            topic.send(happenings.one(taskRenamed(id(1), "the last name")));

            assertThat(querySide.awaitTask(id(1), version + 1).name()).isEqualTo("the last name");
            done.set(true);
            assertThat(reads.get()).isPositive();
            assertThat(querySide.parked()).isZero();
        }
    }

    @Test
    void aBuildThatWasLeftBeforeItBeganIsBegunByTheNextProcess() {
        topic.send(history());
        long first;
        Map<String, List<String>> before;
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS);
            first = live(querySide).id();
            before = ReadModelRows.of(querySide.database());
        }
        request();
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitAnother(querySide, first);
            assertThat(ReadModelRows.of(querySide.database())).isEqualTo(before);
        }
    }

    @Test
    void aBuildThatWasLeftInTheMiddleGoesOnWhereItWas() throws Exception {
        List<EventRecord> history = history();
        topic.send(history.subList(0, history.size() / 2));
        long first;
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, history.size() / 2);
            first = live(querySide).id();
        }
        request();
        loadAsABuilderThatIsKilledThen();
        // A trace of the rows that were loaded: it is still there unless they are loaded again.
        database()
                .sql("update %s_next.task set name = 'loaded before' where task_id = ?".formatted(schema()))
                .param(id(1))
                .update();
        topic.send(history.subList(history.size() / 2, history.size()));

        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitAnother(querySide, first);
            assertThat(querySide.task(id(1)).info().name()).isEqualTo("loaded before");
            querySide
                    .database()
                    .sql("update task set name = 'three' where task_id = ?")
                    .param(id(1))
                    .update();
            Map<String, List<String>> inTwoParts = ReadModelRows.of(querySide.database());
            assertThat(inTwoParts.get("event_log")).hasSize(history.size());

            long second = live(querySide).id();
            assertThat(generations(querySide).request("admin-1")).isTrue();
            awaitAnother(querySide, second);
            assertThat(ReadModelRows.of(querySide.database())).isEqualTo(inTwoParts);
        }
    }

    /** Another process waits for nothing but that the claim is lost, and drops what nobody seems to use. */
    @Test
    void aProcessWhoseReadModelWasDroppedWhileItsClaimWasLostSaysSoAndBuildsItAnew(CapturedOutput output)
            throws Exception {
        topic.send(history());
        ReadModelConnections connections =
                new ReadModelConnections(new ReadModelSettings(databaseUrl, null, null, null, 1));
        Layout other = new Layout("0badcafe");
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl);
                LayoutClaim otherClaim = new LayoutClaim(connections, other)) {
            awaitOffsets(querySide, 3 * TASKS);
            Map<String, List<String>> before = ReadModelRows.of(querySide.database());
            long first = live(querySide).id();
            Generations others = new Generations(connections, other, otherClaim);
            others.dropUnused(otherClaim);
            assertThat(live(querySide).id()).as("is claimed").isEqualTo(first);
            List<Integer> ended = claims();
            endTheClaim();
            await().atMost(RunningQuerySide.PATIENCE).until(() -> {
                List<Integer> held = claims();
                return !held.isEmpty() && Collections.disjoint(held, ended);
            });
            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> output.getAll().contains("is there again"));
            others.dropUnused(otherClaim);
            assertThat(live(querySide).id()).as("is claimed again").isEqualTo(first);

            await().atMost(RunningQuerySide.PATIENCE).until(() -> {
                endTheClaim();
                others.dropUnused(otherClaim);
                return generations(querySide).live().map(Generation::id).orElse(0L) != first;
            });

            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> generations(querySide).live().isPresent());
            assertThat(output.getAll()).contains("another process has dropped the read model of this one");
            assertThat(ReadModelRows.of(querySide.database())).isEqualTo(before);
            topic.send(happenings.one(taskRenamed(id(1), "built anew")));
            assertThat(querySide.awaitTask(id(1), 3).name()).isEqualTo("built anew");
        }
    }

    @Test
    void aBuilderSaysHowFarItIsAndOneThatLostItsClaimGoesNoFurther(CapturedOutput output) throws Exception {
        topic.send(history());
        long first;
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS);
            first = live(querySide).id();
        }
        request();
        loadAsABuilderThatIsKilledThen();
        try (Connection blocker = DriverManager.getConnection(databaseUrl)) {
            blocker.setAutoCommit(false);
            try (Statement statement = blocker.createStatement()) {
                statement.execute("lock table %s_next.task in row exclusive mode".formatted(schema()));
            }
            try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
                await().atMost(RunningQuerySide.PATIENCE)
                        .until(() -> progress(querySide)
                                .map(BuildProgress::phase)
                                .equals(Optional.of(BuildProgress.Phase.INDEXING)));
                assertThat(progress(querySide).orElseThrow().events()).isEqualTo(3 * TASKS);
                assertThat(progress(querySide).orElseThrow().eventsTotal()).isEqualTo(3 * TASKS);
                LoggingSystem logs = querySide.bean(LoggingSystem.class);
                logs.setLogLevel(BuildReport.class.getName(), LogLevel.INFO);
                endTheClaim();
                blocker.rollback();

                awaitAnother(querySide, first);
                assertThat(output.getAll())
                        .contains("of the read model: indexing, 900 of 900 events")
                        .contains("of the read model: catching up, 900 of 900 events")
                        .contains("the right to build was lost with its connection");
                logs.setLogLevel(BuildReport.class.getName(), null);
            }
        }
    }

    private static Optional<BuildProgress> progress(RunningQuerySide querySide) {
        return generations(querySide).building().flatMap(generations(querySide)::progress);
    }

    @Test
    void whatABuilderThatDiedAfterTheExchangeHasLeftIsDropped() {
        topic.send(happenings.one(taskCreated(id(1))));
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            querySide.awaitTask(id(1), 0);
            database()
                    .sql("create schema %s_old create table task (task_id text)".formatted(schema()))
                    .update();

            await().atMost(RunningQuerySide.PATIENCE).until(() -> schemas().equals(List.of(schema())));
            assertThat(querySide.task(id(1)).version()).isZero();
        }
    }

    /** Each of many processes writes time and again, and there is always one that has not ended. */
    @Test
    void anExchangeComesThroughHoweverManyWritersThereAre() throws Exception {
        ReadModelConnections connections =
                new ReadModelConnections(new ReadModelSettings(databaseUrl, null, null, null, 1));
        AtomicBoolean done = new AtomicBoolean();
        Overlap overlap = new Overlap();
        try (LayoutClaim claim = new LayoutClaim(connections, Layout.current());
                HikariDataSource pool = connections.pool("writers", schema(), 3, "");
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Generations generations = new Generations(connections, Layout.current(), claim);
            generations.request("admin-1");
            Generation next = generations.building().orElseThrow();
            generations.makeTables(next);
            TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(pool));
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                writers.add(threads.submit(() -> {
                    while (!done.get()) {
                        transactions.executeWithoutResult(status -> {
                            Pipeline transaction = new Pipeline(new JdbcTemplate(pool));
                            generations.liveLock().hold(transaction);
                            transaction.run();
                            overlap.begin();
                            overlap.end();
                        });
                    }
                }));
            }
            overlap.awaitSome();

            Future<?> exchange = threads.submit(() -> generations.goLive(next, () -> {}));
            try {
                exchange.get(10, TimeUnit.SECONDS);
            } finally {
                done.set(true);
            }
            assertThat(generations.live().map(Generation::id)).contains(next.id());
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
    }

    /** Lets a writer end when another one has begun, or cannot begin within a second. */
    private static final class Overlap {

        private int writers;
        private int begun;

        synchronized void begin() {
            writers++;
            begun++;
            notifyAll();
        }

        synchronized void end() {
            long last = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            await(() -> writers > 1 || System.nanoTime() > last);
            writers--;
        }

        synchronized void awaitSome() {
            await(() -> begun > 10);
        }

        private void await(BooleanSupplier condition) {
            try {
                while (!condition.getAsBoolean()) {
                    wait(100);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Else all that the read model knows would be gone with the exchange. */
    @Test
    void withoutATopicNothingIsBuiltAndWhatIsReadStays(CapturedOutput output) {
        topic.send(history());
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS);
            long first = live(querySide).id();
            topic.delete();

            assertThat(generations(querySide).request("admin-1")).isTrue();

            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> output.getAll().contains("the topic, of which the read model is built, is not there"));
            assertThat(live(querySide).id()).isEqualTo(first);
            assertThat(querySide.find(id(1))).isPresent();
        }
    }

    @Test
    void aTopicThatGotAnotherPartitionMeanwhileIsNotTakenForWhole() throws Exception {
        topic.send(history());
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS);
        }
        request();
        withALoad(load -> {
            load.through(load.ends());
            Map<TopicPartition, Long> live = new HashMap<>(load.ends());
            live.put(new TopicPartition(topic.name(), live.size()), 1L);
            assertThatThrownBy(() -> load.through(live)).hasMessageContaining("has more partitions");
        });
    }

    private interface Loading {
        void with(TopicLoad load) throws InterruptedException;
    }

    private void loadAsABuilderThatIsKilledThen() throws Exception {
        withALoad(load -> load.through(load.ends()));
    }

    private void withALoad(Loading loading) throws Exception {
        ReadModelConnections connections =
                new ReadModelConnections(new ReadModelSettings(databaseUrl, null, null, null, 1));
        Consumers consumers = new Consumers(
                new KafkaSettings(Servers.BROKER.bootstrapServers(), null, topic.name()),
                new FeedSettings(topic.name(), 1, 1_000),
                Layout.current());
        try (LayoutClaim claim = new LayoutClaim(connections, Layout.current())) {
            Generations generations = new Generations(connections, Layout.current(), claim);
            Generation building = generations.building().orElseThrow();
            generations.makeTables(building);
            try (TopicIds topics = new TopicIds(consumers::admin, topic.name());
                    TopicLoad load = new TopicLoad(
                            consumers, topics, topic.name(), connections, building, generations.lockOf(building))) {
                loading.with(load);
            }
        }
    }

    private void request() {
        database()
                .sql(
                        "insert into read_models.generation (layout, state, requested_by) values (?, 'BUILDING', 'admin-1')")
                .param(Layout.current().id())
                .update();
    }

    /** As a network that fails does to it. */
    private void endTheClaim() {
        claims().forEach(connection -> database()
                .sql("select pg_terminate_backend(?)")
                .param(connection)
                .query(Boolean.class)
                .single());
    }

    /** The connections of this database that hold a claim; 'uses' is what its lock is called. */
    private List<Integer> claims() {
        return database()
                .sql("""
                        select pid from pg_locks
                         where locktype = 'advisory' and granted and classid = 1970496883 and objid = ?::bigint::oid
                           and database = (select oid from pg_database where datname = current_database())
                        """)
                .param(Long.parseLong(Layout.current().id(), 16))
                .query(Integer.class)
                .list();
    }

    private static String schema() {
        return Layout.current().schema();
    }

    @Test
    void aNewLayoutIsReadWhenItIsBuiltAndTheOldOneIsLeftToThoseWhoUseIt() {
        topic.send(history());
        JdbcClient database = database();
        try (RunningQuerySide old = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(old, 3 * TASKS);
        }
        // The same generation under another layout's name: what an older version would have left.
        database.sql("update read_models.generation set layout = '0badcafe'").update();
        database.sql("alter schema %s rename to read_model_0badcafe"
                        .formatted(Layout.current().schema()))
                .update();
        Servers.BROKER.pause();
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            HealthEndpoint health = querySide.bean(HealthEndpoint.class);
            try {
                assertThat(generations(querySide).isLive()).isFalse();
                assertThat(health.healthForPath("readiness").getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
            } finally {
                Servers.BROKER.restart();
            }
            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> generations(querySide).isLive());
            assertThat(health.healthForPath("readiness").getStatus()).isEqualTo(Status.UP);
            assertThat(querySide.task(id(7)).version()).isEqualTo(2);
            assertThat(schemas()).contains("read_model_0badcafe");
        }
    }

    /** Where PostgreSQL finds no more room for a generation that is built, after its tables are made. */
    private enum NoRoom {
        FOR_ROWS("create table", "'%.event_log'", """
                execute format('create trigger full_disk before insert on %s execute function full_disk_at_row()', made)
                """),
        /** But those of Flyway's own table, which it tries to make for long. */
        FOR_INDEXES("create index", "'%.task_%'", "raise exception using errcode = '53100'");

        private final String command;
        private final String what;
        private final String then;

        NoRoom(String command, String what, String then) {
            this.command = command;
            this.what = what;
            this.then = then;
        }

        void begins(JdbcClient database) {
            database.sql("""
                            create function full_disk_at_row() returns trigger language plpgsql as $$ begin
                                raise exception using errcode = '53100'; end $$
                            """).update();
            database.sql("""
                            create function full_disk() returns event_trigger language plpgsql as $$
                            declare made text;
                            begin
                                for made in select object_identity from pg_event_trigger_ddl_commands()
                                             where object_identity like %s
                                loop %s; end loop;
                            end $$
                            """.formatted(what, then)).update();
            database.sql(
                            "create event trigger full_disk on ddl_command_end when tag in ('%s') execute function full_disk()"
                                    .formatted(command.toUpperCase(Locale.ROOT)))
                    .update();
        }

        void ends(JdbcClient database) {
            database.sql("drop event trigger full_disk").update();
        }
    }

    /** It would keep the room that what is read needs, for as long as nobody makes more. */
    @ParameterizedTest
    @EnumSource
    void aRebuildForWhichThereIsNoRoomIsGivenUpAndLeavesNothing(NoRoom noRoom, CapturedOutput output) {
        topic.send(history());
        try (RunningQuerySide querySide = RunningQuerySide.on(topic, databaseUrl)) {
            awaitOffsets(querySide, 3 * TASKS);
            long first = live(querySide).id();
            noRoom.begins(database());

            assertThat(generations(querySide).request("admin-1")).isTrue();

            await().atMost(RunningQuerySide.PATIENCE)
                    .until(() -> output.getOut().contains("asked for by admin-1, is given up"));
            assertThat(generations(querySide).building()).isEmpty();
            assertThat(schemas()).containsExactly(schema());
            assertThat(live(querySide).id()).isEqualTo(first);
            topic.send(happenings.one(taskRenamed(id(1), "meanwhile")));
            assertThat(querySide.awaitTask(id(1), 3).name()).isEqualTo("meanwhile");

            noRoom.ends(database());
            assertThat(generations(querySide).request("admin-1")).isTrue();
            awaitAnother(querySide, first);
        }
    }

    /** Three events for each task, in two requests. */
    private List<EventRecord> history() {
        List<EventRecord> events = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
            events.add(happenings.one(taskCreated(id(task))));
            events.addAll(happenings.request(taskRenamed(id(task), "two"), taskRenamed(id(task), "three")));
        }
        return events;
    }

    private static void awaitOffsets(RunningQuerySide querySide, long records) {
        await().atMost(RunningQuerySide.PATIENCE)
                .until(() -> querySide
                                .database()
                                .sql("select coalesce(sum(next_offset), 0) from feed_offset")
                                .query(Long.class)
                                .single()
                        == records);
    }

    private static void awaitAnother(RunningQuerySide querySide, long first) {
        await().atMost(RunningQuerySide.PATIENCE).until(() -> live(querySide).id() != first);
    }

    private static Generations generations(RunningQuerySide querySide) {
        return querySide.bean(Generations.class);
    }

    private static Generation live(RunningQuerySide querySide) {
        return generations(querySide).live().orElseThrow();
    }

    private List<String> schemas() {
        return database()
                .sql("select nspname from pg_namespace where nspname like 'read\\_model\\_%' order by 1")
                .query(String.class)
                .list();
    }

    private JdbcClient database() {
        return JdbcClient.create(new DriverManagerDataSource(databaseUrl));
    }
}
