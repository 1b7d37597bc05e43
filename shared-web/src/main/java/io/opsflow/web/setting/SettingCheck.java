package io.opsflow.web.setting;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * Looks at the settings of one record, in its constructor, and remembers all that is wrong with them until {@link #end}.
 * Variables are called by their full names, so that a search for one finds its rule. No sentence repeats a value: it may
 * hold a secret.
 */
public final class SettingCheck {

    private static final Pattern BROKERS = Pattern.compile(
            "\\s*BROKER(\\s*,\\s*BROKER)*\\s*".replace("BROKER", "([^\\s,:\\[\\]]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})"));

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private final List<String> wrong = new ArrayList<>();

    /** @param meaning goes on after "it is" */
    public SettingCheck isSet(String variable, @Nullable String value, String meaning) {
        return that(isGiven(value), "%s is not set: it is %s.".formatted(variable, meaning));
    }

    /** For what has a default and may have been given as nothing. */
    public SettingCheck isNotBlank(String variable, String value) {
        return that(!value.isBlank(), "%s must not be blank.".formatted(variable));
    }

    public SettingCheck isAtLeast(String variable, long value, long least) {
        return that(value >= least, "%s must be %d or more.".formatted(variable, least));
    }

    /** @param least as it is written, such as 1ms */
    public SettingCheck isAtLeast(String variable, Duration value, String least) {
        return that(
                value.compareTo(DurationStyle.detectAndParse(least)) >= 0,
                "%s must be %s or longer.".formatted(variable, least));
    }

    /**
     * Whatever is missing is another check's business.
     *
     * @param isRight the driver's own word on a URL that begins as its URLs do
     */
    public SettingCheck isPostgresUrl(String variable, @Nullable String value, Predicate<String> isRight) {
        return that(
                !isGiven(value) || value.strip().startsWith("jdbc:postgresql:") && isRight.test(value.strip()),
                "%s is no JDBC URL of PostgreSQL, such as jdbc:postgresql://localhost:5432/opsflow."
                        .formatted(variable));
    }

    /** Whatever is missing is another check's business. */
    public SettingCheck areBrokers(String variable, @Nullable String value) {
        return that(
                !isGiven(value) || BROKERS.matcher(value).matches(),
                "%s must be host:port, or several with commas between, such as localhost:9092.".formatted(variable));
    }

    /** A topic's name as Kafka takes it. */
    public SettingCheck isTopic(String variable, String value) {
        return that(
                isTopic(value),
                "%s must be letters, digits, dots, underscores and hyphens, at most 249.".formatted(variable));
    }

    /** Whether Kafka takes it as the name of a topic. */
    public static boolean isTopic(String name) {
        return TOPIC.matcher(name).matches();
    }

    /** @param sentence names the variable */
    public SettingCheck that(boolean isRight, String sentence) {
        if (!isRight) {
            wrong.add(sentence);
        }
        return this;
    }

    /** A check of another kind. */
    public SettingCheck also(Runnable check) {
        try {
            check.run();
        } catch (WrongSetting e) {
            wrong.addAll(e.sentences());
        }
        return this;
    }

    /**
     * The secret itself, or what stands in its file, without the ends of lines behind it; null where neither is given.
     *
     * @param variable of the secret; that of its file ends with _FILE
     */
    public @Nullable Secret secret(String variable, @Nullable Secret given, @Nullable String file) {
        boolean isGiven = given != null && !given.text().isEmpty();
        if (file == null || file.isBlank()) {
            return isGiven ? given : null;
        }
        if (isGiven) {
            that(false, "%1$s and %1$s_FILE are both set: one of them has to go.".formatted(variable));
            return given;
        }
        return inFile(variable + "_FILE", file);
    }

    private @Nullable Secret inFile(String variable, String file) {
        String content = content(variable, file);
        if (content == null) {
            return null;
        }
        String secret = content.replaceFirst("[\\r\\n]+$", "");
        that(!secret.isEmpty(), "%s names an empty file.".formatted(variable));
        return new Secret(secret);
    }

    /**
     * What stands in a file in UTF-8; null where it cannot be read. Somebody may have set the variable to what should
     * stand in the file: that is not repeated.
     */
    public @Nullable String content(String variable, String file) {
        try {
            return Files.readString(Path.of(file.strip()));
        } catch (CharacterCodingException e) {
            that(false, "%s names a file that is no text in UTF-8.".formatted(variable));
        } catch (IOException | InvalidPathException e) {
            String kind = e.getClass().getSimpleName();
            that(false, "%s names no file that can be read (%s).".formatted(variable, kind));
        }
        return null;
    }

    /** @throws WrongSetting where anything was wrong, with a sentence for each */
    public void end() {
        if (!wrong.isEmpty()) {
            throw new WrongSetting(List.copyOf(wrong));
        }
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isBlank();
    }
}
