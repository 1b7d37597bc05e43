package io.opsflow.web.setting;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record of settings, as its author describes it.
 *
 * @param name of the property, such as {@code opsflow.feed.group}
 * @param type of the component, by its full name
 * @param meaning the component's Javadoc
 * @param standard its default; null where it has none
 * @param holder the record, by its full name
 */
public record Setting(
        String name, String type, String meaning, @Nullable String standard, String holder) {

    private static final String HIDDEN = "(secret)";
    private static final Pattern PASSWORD_OF_USER = Pattern.compile("(://[^/@?:]*:)[^/@]+@");
    private static final Pattern PASSWORD_IN_QUERY = Pattern.compile("([?&][^=&]*(?i:password|token|secret)=)[^&]+");

    /** The environment variable, such as {@code OPSFLOW_FEED_GROUP}. */
    public String variable() {
        return variable(name);
    }

    /** That of a property, by its name. */
    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** Spring also takes a variable without the underscores that stand for hyphens. */
    boolean isNamedBy(String variable) {
        return variable.equals(variable()) || variable.equals(variable(name.replace("-", "")));
    }

    /** A value of it for people to read: without what is secret, also in a URL. */
    public String shown(String value) {
        if (type.equals(Secret.class.getName())) {
            return HIDDEN;
        }
        String withoutUser = PASSWORD_OF_USER.matcher(value).replaceAll("$1" + HIDDEN + "@");
        return PASSWORD_IN_QUERY.matcher(withoutUser).replaceAll("$1" + HIDDEN);
    }
}
