package io.opsflow.queryside.generation;

import io.opsflow.web.setting.Secret;
import io.opsflow.web.setting.SettingCheck;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the read model is kept.
 *
 * @param url JDBC URL of the read model's database, such as {@code jdbc:postgresql://db:5432/read_model}
 * @param user user of the read model's database; may be left out where the URL names one
 * @param password password for the read model's database; may be left out where the URL holds one
 * @param passwordFile file that holds the password for the read model's database, instead of it
 * @param poolSize connections to the read model's database at most, for reads by id; the feed has two more than it has consumers
 */
@ConfigurationProperties("opsflow.read-model")
public record ReadModelSettings(
        @Nullable String url,
        @Nullable String user,
        @Nullable Secret password,
        @Nullable String passwordFile,
        @DefaultValue("20") int poolSize) {

    public ReadModelSettings {
        SettingCheck check = new SettingCheck()
                .isSet("OPSFLOW_READ_MODEL_URL", url, "the JDBC URL of the read model's database")
                .isPostgresUrl("OPSFLOW_READ_MODEL_URL", url, given -> Driver.parseURL(given, null) != null)
                .isAtLeast("OPSFLOW_READ_MODEL_POOL_SIZE", poolSize, 1);
        password = check.secret("OPSFLOW_READ_MODEL_PASSWORD", password, passwordFile);
        passwordFile = null; // it is read
        check.end();
    }

    @Override
    public String url() {
        return String.valueOf(url).strip();
    }
}
