package io.opsflow.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL 18 in processes of its own, on a free port of 127.0.0.1. What it acknowledged is on disk: fsync and
 * synchronous_commit are on, and a server that says otherwise does not start. Every user needs the password.
 *
 * <p>It stops when it is closed, not when the JVM ends: whoever starts it decides what stops first. One that a killed
 * JVM left behind is stopped by the next {@link #start(Path)} on its directory.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);

    private static final String USER = "postgres";
    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    /** One that neither answers nor says that it recovers is given up then; it may just begin. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** PostgreSQL's code for: not yet, it recovers. */
    private static final String CANNOT_CONNECT_NOW = "57P03";

    /** Those that begin so: whoever one is, one does not get in. */
    private static final String INVALID_AUTHORIZATION = "28";

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    // PostgreSQL gets -F from the library first; the last word wins.
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "128MB"),
            // A read model that is built writes gigabytes: 2.3 for 1,000,000 events. A checkpoint in between would have
            // pages written to the log once more, whole, when indexes are made of them.
            Map.entry("max_wal_size", "6GB"),
            Map.entry("wal_buffers", "16MB"),
            Map.entry("jit", "off"),
            // The server's own log: a file a weekday in data/log, so that it cannot grow for ever.
            Map.entry("logging_collector", "on"),
            Map.entry("log_filename", "postgresql-%a.log"),
            Map.entry("log_truncate_on_rotation", "on"),
            Map.entry("log_rotation_size", "0"));

    private static final String DATABASE_EXISTS = "select 1 from pg_database where datname = '%s'";

    private static final String CREATE_DATABASE = """
            create database %s template template0 encoding 'UTF8' locale 'C'
            """;

    private static final String CREATE_ICU_DATABASE = """
            create database %s template template0 encoding 'UTF8' locale 'C' locale_provider icu icu_locale '%s'
            """;

    private final DatabaseHome home;
    private final boolean temporary;
    private final Duration longestStart;
    private final DirectoryLock lock;
    private final String password;
    private final int port;
    private volatile boolean closing;
    private @Nullable EmbeddedPostgres server;

    private EmbeddedDatabase(Path directory, boolean temporary, Duration longestStart) {
        this.home = new DatabaseHome(PrivateFiles.directory(directory));
        this.temporary = temporary;
        this.longestStart = longestStart;
        this.lock = DirectoryLock.of(home.path());
        try {
            Room.at(home.path()).require();
            this.password = home.password();
            Postmaster.endOrphanOf(home.data());
            this.port = FreePort.find();
        } catch (RuntimeException | Error e) {
            letGo();
            throw e;
        }
    }

    /**
     * One on the data in this directory, which is made (0700) where it is missing and belongs to the database alone. Stops
     * a server that a killed JVM left there, and starts none yet: see {@link #start()}.
     *
     * @throws FullDisk if there is no room
     * @throws RefusedStart if there are data without their password
     * @throws IllegalStateException if another process uses the directory
     */
    public static EmbeddedDatabase at(Path dataDirectory) {
        return new EmbeddedDatabase(dataDirectory, false, LONGEST_START);
    }

    /** As {@link #at(Path)}, and started. */
    public static EmbeddedDatabase start(Path dataDirectory) {
        return start(dataDirectory, LONGEST_START);
    }

    /** @param longestStart but for a recovery */
    static EmbeddedDatabase start(Path dataDirectory, Duration longestStart) {
        return started(new EmbeddedDatabase(dataDirectory, false, longestStart));
    }

    /** Starts an empty PostgreSQL for a test; its data is deleted on close, at the latest when the JVM ends. */
    public static EmbeddedDatabase temporary() {
        try {
            EmbeddedDatabase database =
                    new EmbeddedDatabase(Files.createTempDirectory("opsflow-postgres"), true, LONGEST_START);
            Runtime.getRuntime().addShutdownHook(new Thread(database::close, "close-temporary-postgres"));
            return started(database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedDatabase started(EmbeddedDatabase database) {
        try {
            database.start();
            return database;
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /**
     * Starts PostgreSQL, on a new database where there is none. One that was killed is waited for until it has all that it
     * had acknowledged, which may take minutes where it was writing much. Whoever closes it meanwhile waits for neither.
     *
     * @throws RefusedStart if the data are no database, or another password's
     * @throws CancellationException if it is closed meanwhile; no server is left then
     * @throws IllegalStateException if the server is not durable
     * @throws UncheckedIOException if it does not start within a minute and is not recovering either
     */
    public synchronized void start() {
        requireOpen();
        if (!Postmaster.isWindows()) { // which renames no directory while a file in it is open: the library's lock
            home.makeData(this::initdb);
        }
        server = startServer();
    }

    /** The JDBC URL of a database, without credentials. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    /**
     * Creates the database (UTF8, locale C) where it is missing.
     *
     * @param name lower case letters, digits and underscores
     * @return its JDBC URL, without credentials
     */
    public String createDatabase(String name) {
        return create(name, CREATE_DATABASE.formatted(name));
    }

    /** As {@link #createDatabase(String)}, with the collation of an ICU locale such as {@code en-US}. */
    public String createDatabase(String name, String icuLocale) {
        return create(name, CREATE_ICU_DATABASE.formatted(name, icuLocale.replace("'", "''")));
    }

    /** The superuser. */
    public String user() {
        return USER;
    }

    /** The superuser's password: random, made at the first start. */
    public String password() {
        return password;
    }

    /** The port on 127.0.0.1; it stays the same until close. */
    public int port() {
        return port;
    }

    /** Stops the server and keeps its data, until {@link #restart()}. */
    public synchronized void pause() {
        EmbeddedPostgres running = server;
        server = null;
        if (running == null) {
            return;
        }
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Postmaster.of(home.data()).ifPresent(Postmaster::stop); // the library waits five seconds only
        }
    }

    /** Starts the server again on the same port, stopping it first if it runs. */
    public synchronized void restart() {
        pause();
        Postmaster.endOrphanOf(home.data());
        server = startServer();
    }

    /**
     * Starts the server again if it should run and does not, since somebody else ended its processes.
     *
     * @return whether it did
     * @throws UncheckedIOException if it does not start; it should still run then
     * @throws FullDisk as long as there is no room
     */
    synchronized boolean revive() {
        EmbeddedPostgres dead = server;
        if (dead == null || Postmaster.of(home.data()).isPresent()) {
            return false;
        }
        Room.at(home.path()).require();
        try {
            restart();
            return true;
        } finally {
            server = server == null ? dead : server;
        }
    }

    /** Kills all of the server's processes at once, as a power failure would; {@link #restart()} recovers it. */
    public synchronized void kill() {
        Postmaster.of(home.data()).ifPresent(Postmaster::kill);
        pause();
    }

    /**
     * Stops the server in order (fast shutdown); its data stays unless it is temporary. A recovery that is under way is
     * not waited for: the next start begins it again. More than once does no harm.
     */
    @Override
    public void close() {
        closing = true; // before this waits for a restart under way
        synchronized (this) {
            pause();
            letGo();
        }
    }

    private void letGo() {
        lock.close();
        if (temporary) {
            home.delete();
        }
    }

    private EmbeddedPostgres startServer() {
        try {
            return startOrRecover();
        } catch (IOException e) {
            Postmaster.of(home.data()).ifPresent(Postmaster::stop);
            requireOpen();
            throw new UncheckedIOException("PostgreSQL did not start in " + home.path(), e);
        }
    }

    private void requireOpen() {
        if (closing) {
            throw new CancellationException("PostgreSQL was closed while it was starting in " + home.path());
        }
    }

    private EmbeddedPostgres startOrRecover() throws IOException {
        requireOpen();
        try {
            return startWithin(longestStart);
        } catch (IOException tooLong) {
            if (!recovers()) {
                throw tooLong;
            }
        }
        // The library has given it up. What it has recovered is on disk, so that the next start is a quick one.
        Postmaster.of(home.data()).ifPresent(Postmaster::stop);
        return startWithin(LONGEST_START);
    }

    /** Waits while it recovers, however long that takes; false where it does not recover, is gone, or shall stop. */
    private boolean recovers() {
        long lastHeard = System.nanoTime();
        boolean said = false;
        while (!closing && System.nanoTime() - lastHeard < LONGEST_SILENCE.toNanos()) {
            try (Connection recovered = connect()) {
                return recovered.isValid(0);
            } catch (SQLException e) {
                if (CANNOT_CONNECT_NOW.equals(e.getSQLState())) {
                    lastHeard = System.nanoTime();
                    if (!said) {
                        log.info("PostgreSQL is recovering what it had acknowledged; waiting until it has");
                        said = true;
                    }
                }
            }
            try {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private EmbeddedPostgres startWithin(Duration longest) throws IOException {
        EmbeddedPostgres.Builder builder = serverOn(home.data()).setPGStartupWait(longest);
        SETTINGS.forEach(builder::setServerConfig);
        // A start that failed has left the library's own lock behind in this JVM. Ours says who may start.
        Files.deleteIfExists(home.data().resolve("epg-lock"));
        EmbeddedPostgres started = await(new FutureTask<>(builder::start));
        assertDurable(started);
        return started;
    }

    /** The library waits on, whatever the server says and whoever closes it: it does so in a thread of its own. */
    private EmbeddedPostgres await(FutureTask<EmbeddedPostgres> start) throws IOException {
        Thread starter = Thread.ofPlatform().daemon().name("start-postgres").start(start);
        try {
            while (!isDoneWithin(PAUSE, start)) {
                if (closing) {
                    end(starter, start);
                    requireOpen();
                }
                if (refusesThePassword()) {
                    end(starter, start);
                    throw home.lacksThePassword("is not the right one");
                }
            }
            return start.get();
        } catch (InterruptedException e) {
            starter.interrupt();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(e.getMessage());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private boolean refusesThePassword() {
        try {
            connect().close();
            return false;
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState()).startsWith(INVALID_AUTHORIZATION);
        }
    }

    private static boolean isDoneWithin(Duration pause, FutureTask<?> start)
            throws InterruptedException, ExecutionException {
        try {
            start.get(pause.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    /** Ends a start that is under way. The library returns when it is interrupted, as if the server had started. */
    private void end(Thread starter, FutureTask<EmbeddedPostgres> start)
            throws InterruptedException, ExecutionException {
        starter.interrupt();
        EmbeddedPostgres starting = start.get();
        // Nobody knows the server before it has written its number; pg_ctl waits as long as it may still do so.
        while (starting.getProcess().isAlive() && Postmaster.of(home.data()).isEmpty()) {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
        server = starting;
        pause();
    }

    /** Lets the library make a cluster, and stops it before it starts a server there. */
    private void initdb(Path directory) {
        Path output = home.path().resolve("initdb.log");
        try {
            serverOn(directory)
                    .setOutputRedirector(ProcessBuilder.Redirect.to(output.toFile()))
                    .setDataDirectoryCustomizer(made -> {
                        throw new Made();
                    })
                    .start();
        } catch (Made made) {
            log.debug("initdb is done in {}", directory);
        } catch (IllegalStateException e) {
            throw new IllegalStateException("initdb failed: " + text(output).orElse(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** What initdb and the server have in common. */
    private EmbeddedPostgres.Builder serverOn(Path directory) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setConnectConfig("password", password)
                // initdb's options; without a locale it would take the environment's
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", home.passwordFile().toString());
        if (!temporary) {
            // Not in the shared temporary directory: another user could have put his own programs there.
            builder.setOverrideWorkingDirectory(home.binaries().toFile());
        }
        return builder;
    }

    private void assertDurable(EmbeddedPostgres started) throws IOException {
        try (Connection connection = connect()) {
            Durability.check(connection);
        } catch (SQLException e) {
            started.close();
            throw new IOException(e);
        } catch (IllegalStateException e) {
            started.close();
            throw e;
        }
    }

    private synchronized String create(String name, String createDatabase) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name of a database: " + name);
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (!statement.executeQuery(DATABASE_EXISTS.formatted(name)).next()) {
                statement.execute(createDatabase);
            }
            return jdbcUrl(name);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot create database " + name, e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(USER), USER, password);
    }

    private static final class Made extends RuntimeException {}
}
