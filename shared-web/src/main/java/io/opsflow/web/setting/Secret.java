package io.opsflow.web.setting;

import org.jspecify.annotations.Nullable;

/** A setting that nobody may read in a log: it does not print itself. */
public record Secret(String text) {

    /** How Spring makes one of what stands in a variable. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    /** For those who take null as "none". */
    public static @Nullable String text(@Nullable Secret secret) {
        return secret == null ? null : secret.text();
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
