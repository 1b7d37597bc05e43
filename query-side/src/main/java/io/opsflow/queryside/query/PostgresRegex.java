package io.opsflow.queryside.query;

import io.opsflow.api.query.Regex;
import io.opsflow.api.query.Regex.Anchor;
import io.opsflow.api.query.Regex.AnyCharacter;
import io.opsflow.api.query.Regex.Atom;
import io.opsflow.api.query.Regex.CharacterClass;
import io.opsflow.api.query.Regex.ClassItem;
import io.opsflow.api.query.Regex.Group;
import io.opsflow.api.query.Regex.Literal;
import io.opsflow.api.query.Regex.Lookahead;
import io.opsflow.api.query.Regex.Piece;
import io.opsflow.api.query.Regex.Quantifier;
import io.opsflow.api.query.Regex.Range;
import io.opsflow.api.query.Regex.Sequence;
import io.opsflow.api.query.Regex.Shorthand;

/**
 * Writes a pattern as an advanced regular expression of PostgreSQL. There {@code \b} is a backspace, and {@code ***=},
 * {@code (?q)} or {@code [[:<:]]} silently mean something else: none of them can come out of here, since every character
 * that is no letter and no digit is escaped.
 */
final class PostgresRegex {

    private final StringBuilder out = new StringBuilder();

    private PostgresRegex() {}

    static String of(Regex regex) {
        PostgresRegex writer = new PostgresRegex();
        writer.write(regex);
        return writer.out.toString();
    }

    private void write(Regex regex) {
        String separator = "";
        for (Sequence sequence : regex.alternatives()) {
            out.append(separator);
            sequence.pieces().forEach(this::write);
            separator = "|";
        }
    }

    private void write(Piece piece) {
        write(piece.atom());
        Quantifier quantifier = piece.quantifier();
        if (quantifier != null) {
            out.append('{').append(quantifier.least());
            if (quantifier.most() == null) {
                out.append(',');
            } else if (quantifier.most() != quantifier.least()) {
                out.append(',').append(quantifier.most());
            }
            out.append('}');
        }
    }

    private void write(Atom atom) {
        switch (atom) {
            case Literal literal -> write(literal.codePoint());
            case AnyCharacter any -> out.append('.');
            case CharacterClass characters -> write(characters);
            case Shorthand shorthand -> write(shorthand);
            case Group group -> write("(?:", group.inner());
            case Lookahead lookahead -> write(lookahead.negated() ? "(?!" : "(?=", lookahead.inner());
            case Anchor anchor ->
                out.append(
                        switch (anchor) {
                            case START -> "^";
                            case END -> "$";
                            case WORD_EDGE -> "\\y";
                            case NO_WORD_EDGE -> "\\Y";
                        });
        }
    }

    private void write(String opening, Regex inner) {
        out.append(opening);
        write(inner);
        out.append(')');
    }

    private void write(CharacterClass characters) {
        out.append(characters.negated() ? "[^" : "[");
        for (ClassItem item : characters.items()) {
            switch (item) {
                case Literal literal -> write(literal.codePoint());
                case Range range -> {
                    write(range.first());
                    out.append('-');
                    write(range.last());
                }
                case Shorthand shorthand -> write(shorthand);
            }
        }
        out.append(']');
    }

    private void write(Shorthand shorthand) {
        String letter =
                switch (shorthand.kind()) {
                    case DIGIT -> "d";
                    case WORD -> "w";
                    case SPACE -> "s";
                };
        out.append('\\').append(shorthand.negated() ? letter.toUpperCase(java.util.Locale.ROOT) : letter);
    }

    private void write(int codePoint) {
        boolean plain = codePoint > 127 || Character.isLetterOrDigit(codePoint) || Character.isWhitespace(codePoint);
        if (!plain) {
            out.append('\\');
        }
        out.appendCodePoint(codePoint);
    }
}
