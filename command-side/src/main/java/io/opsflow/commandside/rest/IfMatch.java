package io.opsflow.commandside.rest;

import io.opsflow.api.error.ApiException;
import io.opsflow.commandside.eventstore.ExpectedVersions;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Reads the header If-Match (RFC 9110): {@code *}, or entity tags, of which ours are {@code "<version>"}. */
final class IfMatch {

    private static final Pattern TAG = Pattern.compile("\\G\\s*(W/)?\"([!#-~]*)\"\\s*(,|$)");
    private static final Pattern VERSION = Pattern.compile("0|[1-9]\\d{0,17}");

    private IfMatch() {}

    /**
     * Null for any version. A tag that is not ours, and a weak one, is well formed and never matches.
     *
     * @throws ApiException ERROR_INVALID_PARAMETER for anything else
     */
    static @Nullable ExpectedVersions read(@Nullable String header) {
        if (header == null || header.strip().equals("*")) {
            return null;
        }
        Set<Long> versions = new HashSet<>();
        Matcher tag = TAG.matcher(header);
        int end = 0;
        while (end < header.length() && tag.find()) {
            end = tag.end();
            if (tag.group(1) == null && VERSION.matcher(tag.group(2)).matches()) {
                versions.add(Long.valueOf(tag.group(2)));
            }
        }
        if (end < header.length() || header.isBlank() || header.strip().endsWith(",")) {
            throw ApiException.invalid(HttpHeaders.IF_MATCH, "* or versions in quotes, as ETag has them");
        }
        return new ExpectedVersions(versions);
    }
}
