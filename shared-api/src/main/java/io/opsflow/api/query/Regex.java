package io.opsflow.api.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the dialect that conditions take, as a tree: whoever matches writes it in the words of his own
 * engine. It matches anywhere in a text and ignores case; lazy quantifiers are not told apart, since they change what is
 * found, never whether something is.
 *
 * @param alternatives at least one; each a sequence
 */
public record Regex(List<Sequence> alternatives) {

    /** Pieces one after the other; none match the empty text. */
    public record Sequence(List<Piece> pieces) {}

    /** An atom, as often as the quantifier says; once where there is none. */
    public record Piece(Atom atom, @Nullable Quantifier quantifier) {}

    /** @param most null for no bound */
    public record Quantifier(int least, @Nullable Integer most) {}

    /** What a piece repeats. */
    public sealed interface Atom {}

    /** One character of a text, or of a class. */
    public record Literal(int codePoint) implements Atom, ClassItem {}

    /** Any character, a line break too. */
    public record AnyCharacter() implements Atom {}

    /** One character of these; or of all others, where negated. */
    public record CharacterClass(boolean negated, List<ClassItem> items) implements Atom {}

    /** A sub-expression. */
    public record Group(Regex inner) implements Atom {}

    /** What must follow, or must not. */
    public record Lookahead(boolean negated, Regex inner) implements Atom {}

    /** A place between characters. */
    public enum Anchor implements Atom {
        START,
        END,
        WORD_EDGE,
        NO_WORD_EDGE
    }

    /** What may stand in a class. */
    public sealed interface ClassItem {}

    /** All characters from first to last, both included. */
    public record Range(int first, int last) implements ClassItem {}

    /** {@code \d}, {@code \w}, {@code \s} and their negations. */
    public record Shorthand(Kind kind, boolean negated) implements Atom, ClassItem {

        /** What the characters are. */
        public enum Kind {
            DIGIT,
            WORD,
            SPACE
        }
    }

    /**
     * @param place where the pattern stands in the request
     * @throws io.opsflow.api.error.ApiException for anything that the dialect does not hold
     */
    public static Regex parse(String pattern, String place) {
        return new RegexParser(pattern, place).parse();
    }
}
