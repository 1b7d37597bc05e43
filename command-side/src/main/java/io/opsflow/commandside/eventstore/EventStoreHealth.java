package io.opsflow.commandside.eventstore;

import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;

/** Whether events can be appended: the database answers, and nobody doubts that what it holds is the truth. */
final class EventStoreHealth extends DataSourceHealthIndicator {

    private final StoreTrust trust;

    EventStoreHealth(DataSource dataSource, StoreTrust trust) {
        super(dataSource);
        this.trust = trust;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws Exception {
        super.doHealthCheck(health);
        String doubt = trust.look().doubt();
        if (doubt != null) {
            health.outOfService().withDetail("doubt", doubt);
        }
    }
}
