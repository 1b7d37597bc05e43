package io.opsflow.bench.commands;

import io.opsflow.bench.server.Databases;
import io.opsflow.commandside.CommandSideApplication;
import io.opsflow.embedded.EmbeddedBroker;
import java.sql.SQLException;
import java.util.Map;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The command side as it is deployed, relay and all, without its HTTP face: commands come by the gateway. */
final class InProcess implements Way {

    private final ConfigurableApplicationContext context;
    private final CommandGateway gateway;
    private final Followers followers;

    InProcess(Databases databases, String database, EmbeddedBroker broker, String topic) {
        context = new SpringApplicationBuilder(CommandSideApplication.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .properties(Map.of(
                        "opsflow.event-store.url", databases.url(database),
                        "opsflow.event-store.user", databases.user(),
                        "opsflow.event-store.password", databases.password(),
                        "opsflow.kafka.bootstrap", broker.bootstrapServers(),
                        "opsflow.kafka.topic", topic))
                // Not the settings of standalone, which is on the class path, too.
                .run("--spring.config.name=command-side", "--logging.level.root=warn");
        gateway = context.getBean(CommandGateway.class);
        followers = new Followers(databases, database);
    }

    void createCatalog() {
        Sample.catalog().forEach(command -> gateway.sendAndWait(command, Sample.metaData(Sample.admin())));
    }

    @Override
    public Worker worker(int number) {
        return new GatewayWorker(gateway, Sample.caller(number));
    }

    @Override
    public void settle() throws SQLException, InterruptedException {
        followers.awaitHead();
    }

    @Override
    public void close() {
        context.close();
    }
}
