package io.opsflow.web.tool;

import io.opsflow.web.setting.BindFailures;
import io.opsflow.web.setting.UnknownVariables;
import io.opsflow.web.setting.WrongSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/** The service's own settings, from where the service has them: the environment, -D, application.properties. */
public final class ToolSettings {

    private final ConfigurableEnvironment environment = new StandardEnvironment();

    /** @param defaults all others win over them */
    ToolSettings(Map<String, Object> defaults) {
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        environment.getPropertySources().addLast(new MapPropertySource("defaults", defaults));
    }

    /** Those of the environment alone. */
    public static ToolSettings ofTheEnvironment() {
        return new ToolSettings(Map.of());
    }

    /** Whether a setting is there and not blank. */
    public boolean has(String name) {
        return StringUtils.hasText(text(name).orElse(""));
    }

    /** A setting as it was written; empty where it was not. */
    Optional<String> text(String name) {
        return Binder.get(environment)
                .bind(name, String.class)
                .map(Optional::of)
                .orElse(Optional.empty());
    }

    /** Variables of the environment that mean nothing, a sentence each. */
    List<String> unknown() {
        return UnknownVariables.in(environment);
    }

    /**
     * The settings below a prefix.
     *
     * @throws WrongSetting for one that is wrong
     */
    public <T> T bind(String prefix, Class<T> type) {
        try {
            return Binder.get(environment).bindOrCreate(prefix, type);
        } catch (BindException e) {
            throw new WrongSetting(BindFailures.sentences(e));
        }
    }

    /** All that is wrong below a prefix, a sentence each; where a value has not the form it must have, it is passed over. */
    List<String> wrong(String prefix, Class<?> type) {
        List<String> sentences = new ArrayList<>();
        BindHandler collector = new BindHandler() {
            @Override
            public @Nullable Object onFailure(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception failure) {
                sentences.addAll(BindFailures.sentences(name, target, failure));
                return null;
            }
        };
        Binder.get(environment).bindOrCreate(ConfigurationPropertyName.of(prefix), Bindable.of(type), collector);
        return sentences;
    }
}
