package io.opsflow.web.setting;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** What is wrong with settings that could not be bound, as sentences. They repeat no value: it may hold a secret. */
public final class BindFailures {

    private static final Map<String, String> FORMS = Map.of(
            "int", "a whole number",
            "long", "a whole number",
            "short", "a whole number of at most five digits",
            "double", "a number",
            "boolean", "true or false",
            "java.time.Duration", "a time, such as 500ms, 5s or 48h",
            "org.springframework.util.unit.DataSize", "a size, such as 64MB");

    private BindFailures() {}

    public static List<String> sentences(BindException failure) {
        return sentences(failure.getName(), failure.getTarget(), failure);
    }

    /** @param name of the property that could not be bound to its target */
    public static List<String> sentences(ConfigurationPropertyName name, Bindable<?> target, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WrongSetting wrong) {
                return wrong.sentences();
            }
        }
        String type = String.valueOf(target.getType());
        return List.of(
                "%s must be %s.".formatted(Setting.variable(name.toString()), FORMS.getOrDefault(type, "a " + type)));
    }
}
