package io.opsflow.queryside.query;

import io.opsflow.api.error.ApiException;

/** Adds up how large an answer becomes: no tenant's may take the memory of all. */
public final class AnswerSize {

    private static final long MOST_CHARACTERS = 64L * 1024 * 1024;

    /** What a row takes beside its texts. */
    private static final int ROW = 200;

    private static final int FIELD = 20;

    /** No answer has more rows. */
    static final int MOST_ROWS = (int) (MOST_CHARACTERS / (ROW + FIELD));

    private final String limit;
    private long characters;

    /** @param limit the parameter that makes the answer smaller */
    public AnswerSize(String limit) {
        this.limit = limit;
    }

    /**
     * @param characters of all its texts
     * @throws ApiException ERROR_INVALID_PARAMETER where the answer is too large now
     */
    void addRow(int fields, long characters) {
        add(ROW + (long) FIELD * fields + characters);
    }

    /** @throws ApiException ERROR_INVALID_PARAMETER where it is too large now */
    public void add(long more) {
        characters += more;
        if (characters > MOST_CHARACTERS) {
            throw ApiException.invalid(limit, "the answer is too large");
        }
    }
}
