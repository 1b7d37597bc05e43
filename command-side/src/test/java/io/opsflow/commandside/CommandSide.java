package io.opsflow.commandside;

import io.opsflow.embedded.EmbeddedDatabase;
import java.util.UUID;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the command side as it is, but for its HTTP face. */
public final class CommandSide {

    private CommandSide() {}

    public static String emptyDatabase(EmbeddedDatabase server) {
        return server.createDatabase("c" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** @param settings further ones, as name=value */
    public static ConfigurableApplicationContext start(
            EmbeddedDatabase server, String url, String bootstrap, String... settings) {
        return new SpringApplicationBuilder(CommandSideApplication.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(
                        "opsflow.event-store.url=" + url,
                        "opsflow.event-store.user=" + server.user(),
                        "opsflow.event-store.password=" + server.password(),
                        "opsflow.kafka.bootstrap=" + bootstrap,
                        "logging.level.root=warn",
                        "logging.level.org.apache.kafka=error",
                        "logging.level.kafka=error")
                .properties(settings)
                .run();
    }
}
