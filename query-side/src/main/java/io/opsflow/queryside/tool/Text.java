package io.opsflow.queryside.tool;

/** Words of others, made fit for a line on a terminal. */
final class Text {

    private static final int LONGEST = 100;

    private Text() {}

    /** Without what a terminal would obey or break the line at. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isForTheEye(character)) {
                line.appendCodePoint(character);
            } else {
                line.append("\\u%04x".formatted(character));
            }
        });
        return line.toString();
    }

    /** As {@link #line}, shortened where it is long. */
    static String excerpt(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? line(text)
                : line(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "...";
    }

    /** As {@link #excerpt}, in quotation marks. */
    static String quoted(String text) {
        return '"' + excerpt(text) + '"';
    }

    private static boolean isForTheEye(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
