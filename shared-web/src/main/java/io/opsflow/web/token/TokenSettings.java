package io.opsflow.web.token;

import io.opsflow.web.setting.WrongSetting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whom to believe.
 *
 * @param jwks {@code OPSFLOW_JWKS}: a JWK set, as a file's path or a file, http or https URL
 * @param rootDomain {@code OPSFLOW_ROOT_DOMAIN}: the domain whose admins are admins of the system
 */
@ConfigurationProperties("opsflow")
record TokenSettings(@Nullable String jwks, @Nullable String rootDomain) {

    String requiredJwks() {
        if (jwks == null || jwks.isBlank()) {
            throw new WrongSetting(
                    "OPSFLOW_JWKS is not set: it names the file or URL of the JWK set that verifies tokens.");
        }
        return jwks.strip();
    }

    String requiredRootDomain() {
        if (rootDomain == null || rootDomain.isBlank()) {
            throw new WrongSetting(
                    "OPSFLOW_ROOT_DOMAIN is not set: it is the id of the domain whose admins are admins of the system.");
        }
        return rootDomain.strip();
    }
}
