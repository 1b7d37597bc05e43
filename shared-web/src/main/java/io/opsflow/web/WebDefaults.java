package io.opsflow.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/** Puts {@code opsflow-web.properties} below every other source of settings. */
final class WebDefaults implements EnvironmentPostProcessor {

    private static final String FILE = "opsflow-web.properties";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            ClassPathResource file = new ClassPathResource(FILE, WebDefaults.class.getClassLoader());
            environment.getPropertySources().addLast(new ResourcePropertySource(FILE, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
