package io.opsflow.bench.server;

import io.opsflow.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** One PostgreSQL with as many databases as a measurement needs. */
public record Databases(EmbeddedDatabase server) implements AutoCloseable {

    public static Databases start() {
        return new Databases(EmbeddedDatabase.temporary());
    }

    public String create(String name) {
        return server.createDatabase(name);
    }

    /** A database with all that another holds, to which nobody may be connected; an older one of the name is dropped. */
    public String copy(String name, String template) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists %s with (force)".formatted(name));
            statement.execute("create database %s template %s strategy file_copy".formatted(name, template));
            statement.execute("checkpoint");
        }
        return server.jdbcUrl(name);
    }

    public Connection connect(String database) throws SQLException {
        return connect(database, Map.of());
    }

    /** @param options of the driver */
    public Connection connect(String database, Map<String, String> options) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(options);
        properties.setProperty("user", server.user());
        properties.setProperty("password", server.password());
        return DriverManager.getConnection(server.jdbcUrl(database), properties);
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    public String url(String database) {
        return server.jdbcUrl(database);
    }

    @Override
    public void close() {
        server.close();
    }
}
