package io.opsflow.queryside.generation;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The schemas of generations, as Flyway makes them: first the tables, and when they are filled the {@link Indexes}. */
public final class Schemas {

    private static final MigrationVersion TABLES = MigrationVersion.fromVersion("1");

    private final ReadModelConnections connections;
    private final JdbcClient database;

    public Schemas(ReadModelConnections connections) {
        this.connections = connections;
        this.database = JdbcClient.create(connections.unpooled());
    }

    /** What tells of generations, and is none. */
    void makeControl(String schema) {
        flyway(schema, "db/generations").load().migrate();
    }

    /** Makes the tables where there are none. */
    void makeTables(String schema) {
        generation(schema).target(TABLES).load().migrate();
    }

    /** Makes what a generation must have to be read, where it does not have it. */
    public void makeWhole(String schema) {
        generation(schema).load().migrate();
    }

    private FluentConfiguration generation(String schema) {
        return flyway(schema, Layout.SCRIPTS + "/tables").javaMigrations(new Indexes(connections.unpooled(schema)));
    }

    void drop(String schema) {
        database.sql("drop schema if exists %s cascade".formatted(schema)).update();
    }

    private FluentConfiguration flyway(String schema, String scripts) {
        return Flyway.configure()
                .dataSource(connections.unpooled())
                .schemas(schema)
                .locations("classpath:" + scripts);
    }
}
