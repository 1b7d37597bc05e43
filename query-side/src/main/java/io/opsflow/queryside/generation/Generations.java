package io.opsflow.queryside.generation;

import com.zaxxer.hikari.HikariDataSource;
import io.opsflow.queryside.table.Pipeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The generations of one layout. Each is built before it is read, the first one too: of an empty read model nobody could
 * tell what does not exist from what has not come yet. Where the database holds generations of another layout, older
 * processes go on with theirs meanwhile. A rebuild builds one beside the one that is read and exchanges them.
 *
 * <p>For a program that knows one layout; others in the same database are left alone until nobody uses them.
 */
public final class Generations implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Generations.class);

    private static final String CONTROL = "read_models";

    /** The first half of an advisory lock's number; the second is the layout's. */
    private static final int EXCHANGE = 0x73776170;

    /**
     * Writers stand in line behind an exchange that waits. For the lock of a row they would not: who shares it with
     * others gets it at once, and an exchange would wait for as long as writers follow one another without a gap.
     */
    private static final String STAND_IN_LINE = "select true from pg_advisory_xact_lock_shared(?, ?)";

    private static final String WAIT_FOR_WRITERS = "select true from pg_advisory_xact_lock(:lock, :layout)";

    /** Connections that stay open, for what is asked several times a second. */
    private static final int QUICK_ONES = 2;

    private static final String COUNT = "select count(*) from read_models.generation";

    private static final String COUNT_OF_LAYOUT = """
            select count(*) from read_models.generation where layout = :layout
            """;

    private static final String ADD = """
            insert into read_models.generation (layout, state, requested_by) values (:layout, 'BUILDING', :by)
            """;

    private static final String FIND = """
            select generation_id, requested_by, requested_at, live_since,
                   exists (select from read_models.generation as live
                            where live.layout = generation.layout and live.state = 'LIVE') as is_one_read
              from read_models.generation
             where layout = :layout and state = :state
            """;

    private static final String HOLD_LIVE = """
            select generation_id from read_models.generation where layout = ? and state = 'LIVE' for share
            """;

    private static final String HOLD_BUILDING = """
            select generation_id from read_models.generation where generation_id = ? and state = 'BUILDING' for share
            """;

    /** Idle, while it catches up, for longer than a writer may be; but not for ever, as all writers wait for it. */
    private static final String LIMIT_EXCHANGE = "set local idle_in_transaction_session_timeout = '60s'";

    private static final String LOCK_LIVE = """
            select generation_id from read_models.generation where layout = :layout and state = 'LIVE' for update
            """;

    private static final String REMOVE = "delete from read_models.generation where generation_id = :id";

    private static final String GO_LIVE = """
            update read_models.generation set state = 'LIVE', live_since = now()
             where generation_id = :id and state = 'BUILDING'
            """;

    private static final String FORGET_PROGRESS = "delete from read_models.build_progress where generation_id = :id";

    private static final String REPORT = """
            insert into read_models.build_progress (generation_id, phase, events, events_total, events_per_second)
            values (:id, :phase, :events, :total, :rate)
                on conflict (generation_id) do update
               set phase = excluded.phase, events = excluded.events, events_total = excluded.events_total,
                   events_per_second = excluded.events_per_second, reported_at = now()
            """;

    private static final String PROGRESS = """
            select phase, events, events_total, events_per_second, reported_at
              from read_models.build_progress
             where generation_id = :id
            """;

    private static final String SCHEMA_EXISTS = "select exists (select from pg_namespace where nspname = :schema)";

    private static final String OTHER_LAYOUTS = """
            select distinct layout from read_models.generation where layout <> :layout
            """;

    private static final String REMOVE_LAYOUT = "delete from read_models.generation where layout = :layout";

    private final Layout layout;
    private final Schemas schemas;
    private final JdbcClient database;
    private final HikariDataSource pool;
    private final JdbcClient quick;
    private final TransactionTemplate transactions;
    private volatile boolean isLive;

    /** Makes what is missing: the tables that tell of generations, and a first one of this layout. */
    public Generations(ReadModelConnections connections, Layout layout, LayoutClaim claim) throws SQLException {
        DataSource dataSource = connections.unpooled();
        this.layout = layout;
        this.schemas = new Schemas(connections);
        this.database = JdbcClient.create(dataSource);
        this.pool = connections.pool("generations", CONTROL, QUICK_ONES, "");
        this.quick = JdbcClient.create(pool);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        prepare(claim);
    }

    /**
     * Makes what is missing: at the start of a process, and where it was without its claim for a while and another one
     * may have dropped its layout as one that nobody uses. Then there is nothing to read until a first one is built.
     */
    public void prepare(LayoutClaim claim) throws SQLException {
        claim.prepare(this::prepare);
    }

    private void prepare() {
        schemas.makeControl(CONTROL);
        addFirst();
        isLive = live().isPresent();
        if (isLive) {
            schemas.makeWhole(layout.schema());
        } else {
            schemas.makeTables(layout.schema());
        }
    }

    private void addFirst() {
        if (count(database.sql(COUNT_OF_LAYOUT).param("layout", layout.id())) == 0) {
            boolean isNewDatabase = count(database.sql(COUNT)) == 0;
            request(isNewDatabase ? "an empty database" : "a new version");
        }
    }

    /** Whether there is a generation to read. Once there is one, there always is, while this process holds its claim. */
    public boolean isLive() {
        if (!isLive) {
            isLive = live().isPresent();
        }
        return isLive;
    }

    /** The one that is read; empty until the first of this layout has been built. */
    public Optional<Generation> live() {
        return find("LIVE");
    }

    /** The one that is being built, if any. */
    public Optional<Generation> building() {
        return find("BUILDING");
    }

    /**
     * Asks for a new generation; whoever builds finds it.
     *
     * @return false where one is being built already
     */
    public boolean request(String by) {
        try {
            database.sql(ADD).param("layout", layout.id()).param("by", by).update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /** For those who write to the generation that is read. */
    public GenerationLock liveLock() {
        return transaction -> {
            transaction.query(STAND_IN_LINE, ResultSet::next, EXCHANGE, layout.lock());
            hold(transaction, HOLD_LIVE, layout.id());
        };
    }

    /** For those who fill this one. */
    public GenerationLock lockOf(Generation building) {
        return transaction -> hold(transaction, HOLD_BUILDING, building.id());
    }

    /** Makes the tables to fill, where a builder before has not made them. */
    public void makeTables(Generation building) {
        schemas.makeTables(building.schema());
    }

    /** Drops what a builder has filled so far. */
    public void empty(Generation building) {
        schemas.drop(building.schema());
    }

    /**
     * Drops one that is built beside the one that is read, and forgets that it was asked for.
     *
     * @return false for the first of its layout, without which there is nothing to read; it is left as it is
     */
    public boolean giveUp(Generation building) {
        if (!building.schema().equals(layout.nextSchema())) {
            return false;
        }
        schemas.drop(building.schema());
        transactions.executeWithoutResult(status -> {
            database.sql(REMOVE).param("id", building.id()).update();
            database.sql(FORGET_PROGRESS).param("id", building.id()).update();
        });
        return true;
    }

    /** Makes what comes after filling; may take minutes. */
    public void makeIndexes(Generation building) {
        schemas.makeWhole(building.schema());
    }

    /**
     * Lets a generation be read, in the place of the one that is, which is dropped. While {@code catchUp} runs nobody
     * writes to that one.
     *
     * @param catchUp brings the new one at least as far as the other is
     */
    public void goLive(Generation built, Runnable catchUp) {
        dropLeftOvers();
        transactions.executeWithoutResult(status -> {
            database.sql(LIMIT_EXCHANGE).update();
            database.sql(WAIT_FOR_WRITERS)
                    .param("lock", EXCHANGE)
                    .param("layout", layout.lock())
                    .query(Boolean.class)
                    .single();
            Optional<Long> live = database.sql(LOCK_LIVE)
                    .param("layout", layout.id())
                    .query(Long.class)
                    .optional();
            catchUp.run();
            live.ifPresent(before -> {
                database.sql(REMOVE).param("id", before).update();
                rename(layout.schema(), layout.oldSchema());
                rename(built.schema(), layout.schema());
            });
            if (database.sql(GO_LIVE).param("id", built.id()).update() != 1) {
                throw new NotTheGenerationException("another builder has finished generation " + built.id());
            }
            database.sql(FORGET_PROGRESS).param("id", built.id()).update();
        });
        dropLeftOvers();
    }

    /** Whether a builder died between an exchange and its end. */
    public boolean haveLeftOvers() {
        return quick.sql(SCHEMA_EXISTS)
                .param("schema", layout.oldSchema())
                .query(Boolean.class)
                .single();
    }

    /** Drops what was read before the last exchange; for who has the right to build. */
    public void dropLeftOvers() {
        schemas.drop(layout.oldSchema());
    }

    public void report(Generation building, BuildProgress progress) {
        quick.sql(REPORT)
                .param("id", building.id())
                .param("phase", progress.phase().name())
                .param("events", progress.events())
                .param("total", progress.eventsTotal())
                .param("rate", progress.eventsPerSecond())
                .update();
    }

    /** What its builder said last; empty before it has begun. */
    public Optional<BuildProgress> progress(Generation building) {
        return quick.sql(PROGRESS)
                .param("id", building.id())
                .query((row, number) -> new BuildProgress(
                        BuildProgress.Phase.valueOf(row.getString("phase")),
                        row.getLong("events"),
                        row.getLong("events_total"),
                        row.getObject("events_per_second", Double.class),
                        row.getObject("reported_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Drops the generations of other layouts that no process uses any more. */
    public void dropUnused(LayoutClaim claim) throws SQLException {
        for (String other : database.sql(OTHER_LAYOUTS)
                .param("layout", layout.id())
                .query(String.class)
                .list()) {
            Layout unused = new Layout(other);
            if (claim.tryExclude(unused)) {
                try {
                    for (String schema : List.of(unused.schema(), unused.nextSchema(), unused.oldSchema())) {
                        schemas.drop(schema);
                    }
                    database.sql(REMOVE_LAYOUT).param("layout", other).update();
                    log.info("dropped the read model of layout {}: no process uses it any more", other);
                } finally {
                    claim.admit(unused);
                }
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private Optional<Generation> find(String state) {
        return quick.sql(FIND)
                .param("layout", layout.id())
                .param("state", state)
                .query((row, number) -> generation(row))
                .optional();
    }

    private Generation generation(ResultSet row) throws SQLException {
        @Nullable OffsetDateTime liveSince = row.getObject("live_since", OffsetDateTime.class);
        boolean isBesideAnother = liveSince == null && row.getBoolean("is_one_read");
        return new Generation(
                row.getLong("generation_id"),
                isBesideAnother ? layout.nextSchema() : layout.schema(),
                row.getString("requested_by"),
                row.getObject("requested_at", OffsetDateTime.class).toInstant(),
                liveSince == null ? null : liveSince.toInstant());
    }

    private static void hold(Pipeline transaction, String statement, Object which) {
        transaction.query(
                statement,
                rows -> {
                    if (!rows.next()) {
                        throw new NotTheGenerationException("there is no such generation of the read model: " + which);
                    }
                    return true;
                },
                which);
    }

    private void rename(String from, String to) {
        database.sql("alter schema %s rename to %s".formatted(from, to)).update();
    }

    private static long count(JdbcClient.StatementSpec statement) {
        return statement.query(Long.class).single();
    }
}
