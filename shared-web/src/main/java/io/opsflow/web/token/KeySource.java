package io.opsflow.web.token;

import io.opsflow.web.setting.WrongSetting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the JWK set comes from. */
interface KeySource {

    /** The set as JSON, empty where it is known to be the same as last time. */
    Optional<String> readIfChanged() throws IOException;

    /** How often to look at it. */
    Duration every();

    /** How long an unknown domain waits at least until it makes us look again. */
    Duration pause();

    /** @throws WrongSetting for what names neither a file nor a URL */
    static KeySource named(String jwks) {
        Matcher scheme = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*").matcher(jwks);
        try {
            return switch (scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "") {
                case "" -> new FileKeySource(Path.of(jwks));
                case "file" -> new FileKeySource(Path.of(URI.create(jwks)));
                case "http", "https" -> new UrlKeySource(URI.create(jwks));
                default -> throw new IllegalArgumentException("neither a file nor an http(s) URL");
            };
        } catch (IllegalArgumentException e) {
            throw new WrongSetting("OPSFLOW_JWKS names neither a file nor an http(s) URL.");
        }
    }
}
