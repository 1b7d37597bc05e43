package io.opsflow.commandside.eventstore;

import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.jdbc.health.DataSourceHealthIndicator;

/** Whether events can be appended: the database answers, nobody doubts what it holds, and the appender works. */
final class EventStoreHealth extends DataSourceHealthIndicator {

    private final StoreTrust trust;
    private final Appender appender;

    EventStoreHealth(DataSource dataSource, StoreTrust trust, Appender appender) {
        super(dataSource);
        this.trust = trust;
        this.appender = appender;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws Exception {
        super.doHealthCheck(health);
        String doubt = trust.look().doubt();
        if (doubt != null) {
            health.outOfService().withDetail("doubt", doubt);
        }
        if (!appender.isOpen()) {
            health.down().withDetail("appender", "it has ended, the log says why");
        }
    }
}
