package io.opsflow.queryside.generation;

import com.zaxxer.hikari.HikariDataSource;
import io.opsflow.web.setting.Secret;
import io.opsflow.web.setting.WrongSetting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Makes connections to the read model's database. Their search path says which generation their statements mean: no
 * statement names a schema but those that manage generations. Extensions stand in {@code public}.
 */
public final class ReadModelConnections {

    /** A process that vanished without a word is noticed after some 13 seconds, and what it held is free again. */
    private static final String KEEPALIVE = "-c tcp_keepalives_idle=4 -c tcp_keepalives_interval=1";

    /** A process that hangs in a transaction loses it after five seconds, and nobody waits for its locks for longer. */
    private static final String LIMITS = "-c idle_in_transaction_session_timeout=5s -c lock_timeout=5s " + KEEPALIVE;

    /**
     * PostgreSQL frees at the end of a statement what it took for it, and glibc hands that back to the system, page by page,
     * and takes it again for the next. Once something large was freed it keeps as much.
     */
    private static final String KEEP_MEMORY = "select length(repeat(' ', 16 * 1024 * 1024))";

    private final ReadModelSettings settings;

    /** @throws WrongSetting where there is no such database, or none that answers */
    public ReadModelConnections(ReadModelSettings settings) {
        this.settings = settings;
        requireAnswer(unpooled());
    }

    /**
     * @param options for the server, as {@code -c name=value}, which win over those that all have; may be empty
     * @param size connections at most
     */
    public HikariDataSource pool(String name, String schema, int size, String options) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setPoolName(name);
        dataSource.setMaximumPoolSize(size);
        dataSource.setJdbcUrl(settings.url());
        dataSource.setUsername(settings.user());
        dataSource.setPassword(Secret.text(settings.password()));
        dataSource.setConnectionTimeout(TimeUnit.SECONDS.toMillis(2));
        dataSource.addDataSourceProperty(
                "options", "-c search_path=%s,public %s %s".formatted(schema, LIMITS, options));
        dataSource.addDataSourceProperty("tcpKeepAlive", "true");
        // Its errors would repeat the values of a statement: the log holds no content of tasks.
        dataSource.addDataSourceProperty("logServerErrorDetail", "false");
        dataSource.addDataSourceProperty("connectTimeout", "2");
        dataSource.addDataSourceProperty("socketTimeout", "30");
        return dataSource;
    }

    /** Likewise, for connections that write many rows in one statement, time and again. */
    public HikariDataSource poolOfWriters(String name, String schema, int size, String options) {
        HikariDataSource dataSource = pool(name, schema, size, options);
        dataSource.setConnectionInitSql(KEEP_MEMORY);
        return dataSource;
    }

    /** For what takes longer than any statement of the service, and for locks that last as long as a connection. */
    DataSource unpooled() {
        return unpooled("public");
    }

    /** Likewise, for statements that mean the tables of this schema. */
    public DataSource unpooled(String schema) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(settings.url());
        if (settings.user() != null) {
            dataSource.setUser(settings.user());
        }
        if (settings.password() != null) {
            dataSource.setPassword(settings.password().text());
        }
        // No limit for idle transactions: Flyway holds its lock in one while other connections make indexes. Each of
        // those does without helpers, as it is one of a few itself, and sorts in portions that fit a processor's cache:
        // ids begin alike, so each comparison looks into the rows.
        dataSource.setOptions(
                "-c search_path=%s,public -c maintenance_work_mem=8MB -c max_parallel_maintenance_workers=0 %s"
                        .formatted(schema, KEEPALIVE));
        dataSource.setConnectTimeout(2);
        dataSource.setTcpKeepAlive(true);
        dataSource.setLogServerErrorDetail(false);
        return dataSource;
    }

    private static void requireAnswer(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            connection.isValid(2);
        } catch (SQLException e) {
            throw new WrongSetting(
                    "The database that OPSFLOW_READ_MODEL_URL names cannot be used: %s".formatted(e.getMessage()));
        }
    }
}
