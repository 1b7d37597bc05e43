package io.opsflow.queryside.query;

import io.opsflow.api.error.ApiException;
import io.opsflow.web.room.Room;

/** Adds up how large an answer becomes: no tenant's may take the memory of all. */
public final class AnswerSize {

    static final long MOST_CHARACTERS = 64L * 1024 * 1024;

    /** So many bytes in UTF-8 are no answer either: texts of three bytes a character may be one third shorter. */
    static final long MOST_BYTES = 2 * MOST_CHARACTERS;

    /** What a row takes beside its texts. */
    private static final int ROW = 200;

    private static final int FIELD = 20;

    /** What an object or a list in JSON takes beside its text: an empty one is two characters long. */
    private static final int NODE = 80;

    /** What each further value in one takes beside its text: a number may be three characters long. */
    private static final int VALUE = 40;

    /** What the place of a member takes beside that. */
    private static final int MEMBER = 20;

    /** No answer has more rows. */
    static final int MOST_ROWS = (int) (MOST_CHARACTERS / (ROW + FIELD));

    private final String limit;
    private final Room.Place place;
    private long characters;

    AnswerSize(String limit, Room.Place place) {
        this.limit = limit;
        this.place = place;
    }

    /**
     * @param characters of all its texts
     * @throws ApiException ERROR_INVALID_PARAMETER where the answer is too large now, 503 where it has no room beside others
     */
    void addRow(int fields, long characters) {
        add(ofRow(fields) + characters);
    }

    /** How much a row counts beside its texts. */
    static long ofRow(int fields) {
        return ROW + (long) FIELD * fields;
    }

    /** @throws ApiException as {@link #addRow} */
    public void addJson(String json) {
        add(ofJson(json));
    }

    /**
     * How much a tree of this JSON counts; in its texts a comma is one character and no more. Measured with numbers,
     * texts, and objects of one member or many: what counts as much as an answer may takes at most 200 MB of heap.
     */
    static long ofJson(String json) {
        long size = json.length();
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            switch (json.charAt(i)) {
                case '"' -> inText = !inText;
                case '\\' -> i++; // what it stands before ends no text
                case '{', '[' -> size += inText ? 0 : NODE;
                case ',' -> size += inText ? 0 : VALUE;
                case ':' -> size += inText ? 0 : MEMBER;
                default -> {}
            }
        }
        return size;
    }

    private void add(long more) {
        characters += more;
        if (characters > MOST_CHARACTERS) {
            throw tooLarge();
        }
        place.growTo(characters);
    }

    ApiException tooLarge() {
        return ApiException.invalid(limit, "the answer is too large");
    }
}
