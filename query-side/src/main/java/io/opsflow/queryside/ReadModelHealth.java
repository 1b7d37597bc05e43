package io.opsflow.queryside;

import io.opsflow.queryside.generation.Generations;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;

/** Whether the read model can be read: its database answers, and there is a generation of this version's layout. */
final class ReadModelHealth extends DataSourceHealthIndicator {

    private final Generations generations;

    ReadModelHealth(DataSource dataSource, Generations generations) {
        super(dataSource);
        this.generations = generations;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws Exception {
        super.doHealthCheck(health);
        if (!generations.isLive()) {
            health.outOfService().withDetail("generation", "the first one of this version is being built");
        }
    }
}
