package io.opsflow.web.json;

import io.opsflow.web.room.Room;

/**
 * Adds up how much heap a body takes, as it comes in and then as a tree. Measured with numbers, texts, lists, and objects of
 * one member or many: the tree of a body may take forty times its length.
 */
final class BodySize {

    /** One as it came in, and two as a character of a text. */
    private static final int BYTE = 3;

    /** What an object or a list takes. */
    private static final int NODE = 128;

    /** What each further value in one takes. */
    private static final int VALUE = 24;

    /** What the place of a member takes beside that. */
    private static final int MEMBER = 40;

    /** What a text takes beside its characters, half of it at each end. */
    private static final int QUOTE = 32;

    /** What a number takes that is more than an integer. */
    private static final int DECIMAL = 128;

    private static final int SIGN = 32;

    private final Room.Place place;
    private long bytes;
    private boolean inText;
    private boolean escaped;

    BodySize(Room.Place place) {
        this.place = place;
    }

    void add(byte[] body, int length) {
        for (int i = 0; i < length; i++) {
            bytes += BYTE + (inText ? inText(body[i]) : betweenTexts(body[i]));
        }
        place.growTo(bytes);
    }

    private int inText(byte character) {
        if (escaped) {
            escaped = false; // by what stands before it: it ends no text
            return 0;
        }
        escaped = character == '\\';
        inText = character != '"';
        return inText ? 0 : QUOTE;
    }

    private int betweenTexts(byte character) {
        return switch (character) {
            case '"' -> {
                inText = true;
                yield QUOTE;
            }
            case '{', '[' -> NODE;
            case ',' -> VALUE;
            case ':' -> MEMBER;
            case '.', 'e', 'E' -> DECIMAL;
            case '-' -> SIGN;
            default -> 0;
        };
    }
}
