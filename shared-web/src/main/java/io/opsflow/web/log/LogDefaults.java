package io.opsflow.web.log;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Says with Spring Boot's own property what {@link LogSettings} say: it is asked before there is any bean. */
final class LogDefaults implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.getProperty("opsflow.log.format", "").equals(LogSettings.ECS)) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "opsflow-log", Map.of("logging.structured.format.console", LogSettings.ECS)));
        }
    }
}
