package io.opsflow.web.token;

import io.opsflow.web.setting.SettingCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whom to believe.
 *
 * @param jwks file or URL of the JWK set that verifies tokens; a key's {@code kid} is its domain's id. A URL is read again
 *     every 5 minutes and, at most once a minute, for an unknown domain; a file when it changes
 * @param rootDomain the domain whose admins are admins of the system
 */
@ConfigurationProperties("opsflow")
record TokenSettings(@Nullable String jwks, @Nullable String rootDomain) {

    TokenSettings {
        SettingCheck check = new SettingCheck()
                .isSet("OPSFLOW_JWKS", jwks, "the file or URL of the JWK set that verifies tokens")
                .isSet("OPSFLOW_ROOT_DOMAIN", rootDomain, "the id of the domain whose admins are admins of the system");
        if (jwks != null && !jwks.isBlank()) {
            check.also(() -> DomainKeys.requireIfFile(KeySource.named(jwks.strip())));
        }
        check.end();
    }

    KeySource keys() {
        return KeySource.named(String.valueOf(jwks).strip());
    }

    @Override
    public String rootDomain() {
        return String.valueOf(rootDomain).strip();
    }
}
