package io.opsflow.commandside;

import io.opsflow.commandside.tool.CommandSideTools;
import io.opsflow.web.stop.LastResort;
import io.opsflow.web.tool.Tools;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The command side as a process of its own, or one of its tools where the first argument is no option. It has no
 * default database: the event store's is told by its qualifier.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@Import(CommandSideConfiguration.class)
public class CommandSideApplication {

    public static void main(String... arguments) {
        if (Tools.areMeant(arguments)) {
            Tools.of(CommandSideTools.ALL).runAndExit(arguments);
        }
        SpringApplication application = new SpringApplication(CommandSideApplication.class);
        application.setDefaultProperties(Map.of("spring.application.name", "opsflow-command-side"));
        LastResort.of(application.run(arguments));
    }
}
