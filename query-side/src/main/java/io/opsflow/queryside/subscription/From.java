package io.opsflow.queryside.subscription;

import io.opsflow.api.error.ApiException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream begins.
 *
 * @param index behind the event with this global index; null for from now on
 */
public record From(@Nullable Long index) {

    public static final String LAST_EVENT_ID = "Last-Event-ID";
    public static final String PARAMETER = "from";

    private static final String BEGINNING = "beginning";
    private static final Pattern INDEX = Pattern.compile("\\d{1,18}");

    /**
     * @param lastEventId the header, which counts where both are given: a browser repeats its first URL when it resumes
     * @param from the parameter
     * @throws ApiException ERROR_INVALID_PARAMETER for what is neither an index nor, as the parameter, {@code beginning}
     */
    public static From of(@Nullable String lastEventId, @Nullable String from) {
        From parameter = parameter(from);
        return lastEventId == null || lastEventId.isBlank()
                ? parameter
                : behind(LAST_EVENT_ID, lastEventId.strip(), "a global index");
    }

    private static From parameter(@Nullable String from) {
        if (from == null || from.isBlank()) {
            return new From(null);
        }
        return from.equals(BEGINNING) ? new From(0L) : behind(PARAMETER, from, "a global index or " + BEGINNING);
    }

    private static From behind(String key, String index, String expected) {
        if (!INDEX.matcher(index).matches()) {
            throw ApiException.invalid(key, expected);
        }
        return new From(Long.valueOf(index));
    }
}
