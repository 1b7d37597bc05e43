package io.opsflow.commandside.eventstore.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.opsflow.web.setting.Secret;
import io.opsflow.web.setting.WrongSetting;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Opens the connections to the event store and brings its schema up to date; or says in one sentence why it cannot. */
public final class EventStorePool {

    public static final String SCHEMA = "event_store";

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LONGEST_START = Duration.ofSeconds(10);

    /**
     * A process that hangs while it holds the append lock loses its connection, and with it the lock, after 5 seconds;
     * one that works on with it, after those 8 that an append sets; those who wait for it wait up to 10.
     */
    private static final String LIMITS = """
            set statement_timeout = '10s';
            set idle_in_transaction_session_timeout = '5s'
            """;

    /**
     * For appends and what reads events: each statement finds rows by their keys or reads on from a place, whatever
     * PostgreSQL would plan for it while the tables are empty. So it is planned once for a connection: some took longer
     * to plan than to run. Not for followers, whose statements go through ranges of whatever length.
     */
    private static final String BY_KEYS = """
            set plan_cache_mode = force_generic_plan;
            set enable_seqscan = off;
            set enable_bitmapscan = off
            """;

    /** Processors have one each and their positions another; nobody else uses them. */
    private static final int FOLLOWERS = 8;

    private static final String NO_WAIT_FOR_THE_DISK = "set synchronous_commit = off";

    private EventStorePool() {}

    /** @throws WrongSetting for a database that does not answer in time, or cannot be prepared */
    public static HikariDataSource open(EventStoreSettings properties) {
        HikariDataSource pool = pool(properties, "event-store", properties.poolSize(), LIMITS, BY_KEYS);
        try {
            // Also where the schema is as it should be: waits for a database that is about to come up.
            Flyway.configure()
                    .dataSource(pool)
                    .schemas(SCHEMA)
                    .defaultSchema(SCHEMA)
                    .locations("classpath:db/eventstore")
                    .load()
                    .migrate();
            return pool;
        } catch (FlywayException e) {
            pool.close();
            throw new WrongSetting("The event store at OPSFLOW_EVENT_STORE_URL could not be prepared: " + cause(e));
        }
    }

    /** For {@link FollowersOfTheTail}, once the schema is up to date. */
    static HikariDataSource ofFollowers(EventStoreSettings properties) {
        return pool(properties, "event-store-followers", FOLLOWERS, LIMITS, NO_WAIT_FOR_THE_DISK);
    }

    private static HikariDataSource pool(EventStoreSettings properties, String name, int size, String... initSql) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(properties.url());
        config.setUsername(properties.user());
        config.setPassword(Secret.text(properties.password()));
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(CONNECTION_TIMEOUT.toMillis());
        config.setInitializationFailTimeout(LONGEST_START.toMillis());
        config.setConnectionInitSql(String.join(";", initSql));
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.addDataSourceProperty("currentSchema", SCHEMA);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("connectTimeout", Long.toString(CONNECTION_TIMEOUT.toSeconds()));
        // A server that vanished without a word; longer than any statement may take.
        config.addDataSourceProperty("socketTimeout", "60");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // Its errors would repeat the values of a statement: the log holds no content of tasks.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("ApplicationName", "opsflow-command-side");
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new WrongSetting("The event store at OPSFLOW_EVENT_STORE_URL did not answer within %d seconds: %s"
                    .formatted(LONGEST_START.toSeconds(), cause(e)));
        }
    }

    /** What the driver said, in one line; Flyway and Hikari say more around it. */
    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
