package io.opsflow.web.trace;

import io.opsflow.web.setting.SettingCheck;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces are sent.
 *
 * @param endpoint address of an OpenTelemetry collector that speaks OTLP over HTTP, such as {@code http://collector:4318};
 *     where there is none, there are no traces
 * @param sampled share of the traces that begin here and are sent, 0 to 1; a request that comes with a {@code traceparent}
 *     says itself whether its own is
 */
@ConfigurationProperties("opsflow.otlp")
public record OtlpSettings(
        @Nullable String endpoint, @DefaultValue("0.1") double sampled) {

    public OtlpSettings {
        new SettingCheck()
                .that(
                        endpoint == null || endpoint.isBlank() || isAddress(endpoint),
                        "OPSFLOW_OTLP_ENDPOINT must be the address of a collector, such as http://localhost:4318.")
                .that(sampled >= 0 && sampled <= 1, "OPSFLOW_OTLP_SAMPLED must be a share, 0 to 1.")
                .end();
    }

    private static boolean isAddress(String text) {
        try {
            URI address = URI.create(text.strip());
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
