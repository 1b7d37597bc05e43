package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsflow.web.setting.WrongSetting;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeSettingsTest {

    @Test
    void aHomeMayHaveSpacesAndAnApostrophe() {
        assertThat(new HomeSettings("/srv/the owner's/../home").path()).isEqualTo(Path.of("/srv/home"));
        assertThat(new HomeSettings("/srv/the owner's").path()).isEqualTo(Path.of("/srv/the owner's"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/$HOME", "/srv/`id`", "/srv/\"home\"", "/srv/a,b"})
    void aNameThatAServerWouldTakeForAnotherIsRefused(String home) {
        assertThatThrownBy(() -> new HomeSettings(home).path())
                .isInstanceOf(WrongSetting.class)
                .hasMessage("OPSFLOW_HOME is " + home + ": no directory's name in it may have one of \" $ ` ,");
    }

    /** A NUL is one in every locale, umlauts are some in that of C. */
    @Test
    void aNameThatTheSystemCannotHaveIsRefused() {
        assertThatThrownBy(() -> new HomeSettings("/srv/\0").path())
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith(
                        "OPSFLOW_HOME is no name that a directory can have in this locale (LC_ALL): Nul character");
    }
}
