package io.opsflow.queryside.generation;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The schemas of generations, as Flyway makes them: first the tables, and when they are filled the other indexes. */
final class Schemas {

    private static final MigrationVersion TABLES = MigrationVersion.fromVersion("1");

    private final DataSource dataSource;
    private final JdbcClient database;

    /** @param dataSource whose statements may take long */
    Schemas(DataSource dataSource) {
        this.dataSource = dataSource;
        this.database = JdbcClient.create(dataSource);
    }

    /** What tells of generations, and is none. */
    void makeControl(String schema) {
        flyway(schema, "classpath:db/generations", MigrationVersion.LATEST).migrate();
    }

    /** Makes the tables where there are none. */
    void makeTables(String schema) {
        flyway(schema, Layout.SCRIPTS, TABLES).migrate();
    }

    /** Makes what a generation must have to be read, where it does not have it. */
    void makeWhole(String schema) {
        flyway(schema, Layout.SCRIPTS, MigrationVersion.LATEST).migrate();
    }

    void drop(String schema) {
        database.sql("drop schema if exists %s cascade".formatted(schema)).update();
    }

    private Flyway flyway(String schema, String scripts, MigrationVersion target) {
        return Flyway.configure()
                .dataSource(dataSource)
                .schemas(schema)
                .locations(scripts)
                .target(target)
                .load();
    }
}
