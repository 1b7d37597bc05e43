package io.opsflow.web.trace;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Without a collector keeps away all that Spring Boot would make for traces: a tracer costs its time at every request,
 * also where nobody is told. In {@code META-INF/spring.factories}, so it holds in every application.
 */
final class TracingAutoConfigurations implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String TRACING = "org.springframework.boot.micrometer.tracing.";
    private static final String OPEN_TELEMETRY = "org.springframework.boot.opentelemetry.";

    private @Nullable Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean isOn = TraceDefaults.isToldTo(Objects.requireNonNull(environment));
        boolean[] wanted = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            wanted[i] = isOn || name == null || !(name.startsWith(TRACING) || name.startsWith(OPEN_TELEMETRY));
        }
        return wanted;
    }
}
