package io.opsflow.web.tool;

import io.opsflow.web.setting.WrongSetting;
import java.util.Map;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/** The service's own settings, from where the service has them: the environment, -D, application.properties. */
public final class ToolSettings {

    private final ConfigurableEnvironment environment = new StandardEnvironment();

    /** @param given win over all others */
    ToolSettings(Map<String, Object> given) {
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
    }

    /** Whether a setting is there and not blank. */
    public boolean has(String name) {
        return StringUtils.hasText(
                Binder.get(environment).bind(name, String.class).orElse(""));
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
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof WrongSetting wrong) {
                    throw wrong;
                }
            }
            throw new WrongSetting(String.valueOf(e.getMessage()));
        }
    }
}
