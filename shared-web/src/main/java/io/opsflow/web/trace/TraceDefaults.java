package io.opsflow.web.trace;

import io.opsflow.web.setting.WrongSetting;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Says with Spring Boot's own properties what {@link OtlpSettings} say, below every other source of settings. As in
 * OpenTelemetry's own variables the address is that of the collector, and traces have a path on it.
 */
final class TraceDefaults implements EnvironmentPostProcessor {

    private static final String EXPORT = "management.opentelemetry.tracing.export.otlp.";

    static final String TRACES = EXPORT + "endpoint";

    private static final String ENDPOINT = "opsflow.otlp.endpoint";
    private static final String SAMPLED = "opsflow.otlp.sampled";

    /** Whether there is a collector to tell. */
    static boolean isToldTo(Environment environment) {
        return !environment.getProperty(TRACES, "").isBlank();
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String endpoint = environment.getProperty(ENDPOINT, "").strip();
        String sampled = environment.getProperty(SAMPLED, "").strip();
        if (!endpoint.isEmpty() && areRight(endpoint, sampled)) {
            Map<String, Object> properties = new HashMap<>();
            properties.put(TRACES, endpoint.replaceAll("/+$", "") + "/v1/traces");
            // A stop waits for what is being told.
            properties.put(EXPORT + "timeout", "2s");
            properties.put(EXPORT + "connect-timeout", "2s");
            if (!sampled.isEmpty()) {
                properties.put("management.tracing.sampling.probability", sampled);
            }
            environment.getPropertySources().addLast(new MapPropertySource("opsflow-otlp", properties));
        }
    }

    /** Those that are wrong are refused when they are bound, with the others. */
    private static boolean areRight(String endpoint, String sampled) {
        try {
            return new OtlpSettings(endpoint, sampled.isEmpty() ? 1 : Double.parseDouble(sampled)).endpoint() != null;
        } catch (WrongSetting | NumberFormatException e) {
            return false;
        }
    }
}
