package io.opsflow.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.error.ApiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a|b|", "^$", "(a(?:b)(?=c)(?!d))", "a*b+c?d*?e+?f??", "a{1}b{1,}c{0,255}?",
                        "[abc][^a-c][]a][a-][-a]",
                "[\\d\\w\\s\\D\\]\\-]", "\\d\\w\\s\\D\\W\\S\\b\\B\\t\\n\\r", "\\.\\*\\(\\)\\[\\]\\{\\}\\\\\\/\\-\\_",
                        "}", "]", "한+", "😀"
            })
    void theDialectIsRead(String pattern) {
        assertThat(Regex.parse(pattern, "value").alternatives()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "[",
                "[]",
                "[a",
                "*",
                "+a",
                "?",
                "{1}",
                "a{",
                "a{,2}",
                "a{256}",
                "a{2,1}",
                "a{1,256}",
                "a**",
                "a++",
                "a{2}{3}",
                "^*",
                "\\b+",
                "(?=a)*",
                "(?i)a",
                "(?<n>a)",
                "(?<=a)",
                "(?>a)",
                "(?#c)",
                "(?P<n>a)",
                "\\1",
                "\\",
                "\\q",
                "\\x41",
                "\\A",
                "\\Z",
                "\\m",
                "\\y",
                "\\p{L}",
                "[[:alpha:]]",
                "[[.a.]]",
                "[[=a=]]",
                "[b-a]",
                "[a-\\d]",
                "[\\b]",
                "***=a",
                "(*)",
                "|*"
            })
    void anythingElseIsRefused(String pattern) {
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> Regex.parse(pattern, "value"));
    }

    @Test
    void aThousandCharactersAreTheLimit() {
        assertThat(Regex.parse("😀".repeat(1_000), "value")).isNotNull();
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> Regex.parse("a".repeat(1_001), "value"));
    }

    @Test
    void manyGroupsInEachOtherAreRead() {
        assertThat(Regex.parse("(".repeat(499) + ")".repeat(499), "value")).isNotNull();
    }
}
