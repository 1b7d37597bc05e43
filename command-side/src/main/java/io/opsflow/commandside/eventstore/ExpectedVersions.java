package io.opsflow.commandside.eventstore;

import io.opsflow.api.error.ApiException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of an aggregate that a client allows its change to be based on, as {@code If-Match} says; it travels in
 * the metadata of the command, and whoever decides it checks it once the caller may know of the aggregate at all.
 */
public record ExpectedVersions(Set<Long> versions) {

    /** The name in the metadata. */
    public static final String METADATA = "expected_versions";

    /**
     * @param expected null for any
     * @param version the aggregate's before the change
     * @throws ApiException ERROR_PRECONDITION_FAILED where it is none of those expected
     */
    public static void check(@Nullable ExpectedVersions expected, long version) {
        if (expected != null && !expected.versions().contains(version)) {
            throw ApiException.preconditionFailed(version);
        }
    }
}
