package io.opsflow.queryside;

import io.opsflow.queryside.tool.QuerySideTools;
import io.opsflow.web.stop.LastResort;
import io.opsflow.web.tool.Tools;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The query side as a process of its own, or one of its tools where the first argument is no option. No configuration by itself, so that standalone's scan passes it over.
 */
@EnableAutoConfiguration
@Import(QuerySideConfiguration.class)
public class QuerySideApplication {

    public static void main(String... arguments) {
        if (Tools.areMeant(arguments)) {
            Tools.of(QuerySideTools.ALL).runAndExit(arguments);
        }
        SpringApplication application = new SpringApplication(QuerySideApplication.class);
        application.setDefaultProperties(Map.of("spring.application.name", "opsflow-query-side"));
        LastResort.of(application.run(arguments));
    }
}
