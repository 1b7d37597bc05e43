package io.opsflow.commandside.eventstore;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;

/**
 * Lets through those of Axon's auto-configurations that find handlers and aggregates and tie the beans together. The
 * others would fill what is missing with storage of their own on whichever database is the default, add entities to
 * another side's persistence unit, interrupt batches that wait for the broker, call home, or bring XStream.
 *
 * <p>As a filter, in {@code META-INF/spring.factories}, it holds wherever this module is on the class path: an
 * application that holds other modules too need not repeat a list of exclusions.
 */
final class AxonAutoConfigurations implements AutoConfigurationImportFilter {

    private static final String PACKAGE = "org.axonframework.springboot.autoconfig.";

    private static final Set<String> WANTED = Set.of(
            "AxonAutoConfiguration",
            "AxonTracingAutoConfiguration",
            "EventProcessingAutoConfiguration",
            "InfraConfiguration",
            "InterceptorAutoConfiguration");

    @Override
    public boolean[] match(@Nullable String[] classes, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[classes.length];
        for (int i = 0; i < classes.length; i++) {
            String name = classes[i];
            wanted[i] = name == null || !name.startsWith(PACKAGE) || WANTED.contains(name.substring(PACKAGE.length()));
        }
        return wanted;
    }
}
