package io.opsflow.web.setting;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Prints the sentences instead of a stack trace. Before Spring Boot's own, which would print the value as well. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class WrongSettingAnalyzer implements FailureAnalyzer {

    private static final String OURS = "opsflow";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof WrongSetting wrong) {
                return new FailureAnalysis(wrong.getMessage(), null, wrong);
            }
            if (cause instanceof BindException bind && isOurs(bind)) {
                return new FailureAnalysis(String.join("\n", BindFailures.sentences(bind)), null, bind);
            }
        }
        return null;
    }

    private static boolean isOurs(BindException bind) {
        return bind.getName().getNumberOfElements() > 0
                && bind.getName().getElement(0, Form.UNIFORM).equals(OURS);
    }
}
