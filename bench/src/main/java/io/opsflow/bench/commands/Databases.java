package io.opsflow.bench.commands;

import io.opsflow.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** The one PostgreSQL of all ways, each of which has a database of its own there. */
record Databases(EmbeddedDatabase server) implements AutoCloseable {

    static Databases start() {
        return new Databases(EmbeddedDatabase.temporary());
    }

    String create(String name) {
        return server.createDatabase(name);
    }

    /** A database with all that another holds, to which nobody may be connected; an older one of the name is dropped. */
    String copy(String name, String template) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists %s with (force)".formatted(name));
            statement.execute("create database %s template %s strategy file_copy".formatted(name, template));
            statement.execute("checkpoint");
        }
        return server.jdbcUrl(name);
    }

    Connection connect(String database) throws SQLException {
        return connect(database, Map.of());
    }

    /** @param options of the driver */
    Connection connect(String database, Map<String, String> options) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(options);
        properties.setProperty("user", server.user());
        properties.setProperty("password", server.password());
        return DriverManager.getConnection(server.jdbcUrl(database), properties);
    }

    String user() {
        return server.user();
    }

    String password() {
        return server.password();
    }

    String url(String database) {
        return server.jdbcUrl(database);
    }

    @Override
    public void close() {
        server.close();
    }
}
