package io.opsflow.commandside.tool;

import io.opsflow.commandside.eventstore.EventStoreSettings;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.web.setting.WrongSetting;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/** The service's own settings, from where the service has them: the environment, -D, application.properties. */
final class ToolSettings {

    private final ConfigurableEnvironment environment = new StandardEnvironment();

    /** @param given win over all others */
    ToolSettings(Map<String, Object> given) {
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        environment.getPropertySources().addFirst(new MapPropertySource("given", given));
    }

    /** @throws WrongSetting for one that is wrong */
    EventStoreSettings eventStore() {
        return bind("opsflow.event-store", EventStoreSettings.class);
    }

    /** @throws WrongSetting where no broker is named */
    RelaySettings relay() {
        return bind("opsflow.kafka", RelaySettings.class);
    }

    /** Empty where no broker is named. */
    Optional<RelaySettings> relayIfAny() {
        String bootstrap = Binder.get(environment)
                .bind("opsflow.kafka.bootstrap", String.class)
                .orElse("");
        return StringUtils.hasText(bootstrap) ? Optional.of(relay()) : Optional.empty();
    }

    private <T> T bind(String prefix, Class<T> type) {
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
