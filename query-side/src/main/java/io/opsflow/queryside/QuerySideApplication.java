package io.opsflow.queryside;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The query side as a process of its own. No configuration by itself, so that standalone's scan passes it over. */
@EnableAutoConfiguration
@Import(QuerySideConfiguration.class)
public class QuerySideApplication {

    public static void main(String... arguments) {
        SpringApplication.run(QuerySideApplication.class, arguments);
    }
}
