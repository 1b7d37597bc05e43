package io.opsflow.web.setting;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Variables that look like settings of ours and are none: mostly somebody mistyped one. Every start warns of them, as
 * the service does not do what was meant by them.
 */
public final class UnknownVariables implements ApplicationListener<ApplicationPreparedEvent> {

    private static final Logger log = LoggerFactory.getLogger(UnknownVariables.class);

    private static final String PREFIX = "OPSFLOW_";

    /** Where a service of Kubernetes is called opsflow-something, it tells every process of it. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile(".*_(SERVICE_HOST|SERVICE_PORT\\w*|PORT|PORT_\\d+_(TCP|UDP)\\w*)");

    @Override
    public void onApplicationEvent(ApplicationPreparedEvent event) {
        in(event.getApplicationContext().getEnvironment()).forEach(log::warn);
    }

    /** A sentence for each, with the setting that may be meant. */
    public static List<String> in(ConfigurableEnvironment environment) {
        List<String> variables = environment.getPropertySources().stream()
                .filter(SystemEnvironmentPropertySource.class::isInstance)
                .flatMap(source -> Arrays.stream(((SystemEnvironmentPropertySource) source).getPropertyNames()))
                .filter(variable -> variable.startsWith(PREFIX)
                        && !OF_KUBERNETES.matcher(variable).matches())
                .sorted()
                .toList();
        return variables.isEmpty()
                ? variables
                : among(variables, Settings.onTheClassPath().all());
    }

    private static List<String> among(List<String> variables, Collection<Setting> settings) {
        return variables.stream()
                .filter(variable -> settings.stream().noneMatch(setting -> setting.isNamedBy(variable)))
                .map(variable -> sentence(variable, settings))
                .toList();
    }

    private static String sentence(String variable, Collection<Setting> settings) {
        String known = settings.stream()
                .map(Setting::variable)
                .min(Comparator.comparingInt(other -> distance(variable, other)))
                .orElse("");
        // More wrong letters than two, or one in five, are no slip of a finger.
        return distance(variable, known) > Math.max(2, (variable.length() - PREFIX.length()) / 5)
                ? "%s is no setting of this service.".formatted(variable)
                : "%s is no setting of this service; %s may be meant.".formatted(variable, known);
    }

    /** Levenshtein's: how many letters have to be put in, taken out or exchanged. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
