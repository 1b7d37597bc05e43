package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Members;
import tools.jackson.databind.JsonNode;

/**
 * A part of the rows.
 *
 * @param start the number of its first row, from 1
 * @param limit how many rows at most; 0 where the client did not say
 */
public record Page(long start, int limit) {

    /** The most rows one answer holds, and what an answer without a limit holds at most. */
    public static final int MAX_LIMIT = 10_000;

    static final Page NONE = new Page(1, 0);

    public boolean isLimited() {
        return limit > 0;
    }

    /** How many rows come before it. */
    public long offset() {
        return start - 1;
    }

    /** Reads the request's member {@code page}; the first rows where it is not given. */
    public static Page of(Members request) {
        Page page = request.object("page", Page::read);
        return page == null ? NONE : page;
    }

    private static Page read(Members page) {
        long start = number(page, "start");
        long limit = number(page, "limit");
        page.end();
        if (limit > MAX_LIMIT) {
            throw ApiException.invalid(page.key("limit"), "at most %,d".formatted(MAX_LIMIT));
        }
        return new Page(Math.max(start, 1), (int) limit);
    }

    private static long number(Members page, String name) {
        JsonNode value = page.given(name);
        if (value == null) {
            return 0;
        }
        return WholeNumber.read(value, page.key(name));
    }
}
