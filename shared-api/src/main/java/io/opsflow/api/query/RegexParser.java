package io.opsflow.api.query;

import io.opsflow.api.error.ApiException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a pattern from left to right; everything that is not in the dialect is refused, so that no engine guesses. */
final class RegexParser {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_REPETITIONS = 255;
    private static final int END_OF_TEXT = -1;
    private static final Pattern BOUNDS = Pattern.compile("\\{([0-9]{1,3})(,([0-9]{1,3})?)?\\}");
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    private final int[] pattern;
    private final String place;
    private int next;

    RegexParser(String pattern, String place) {
        this.pattern = pattern.codePoints().toArray();
        this.place = place;
    }

    Regex parse() {
        if (pattern.length > MAX_LENGTH) {
            throw ApiException.invalid(place, "at most %,d characters".formatted(MAX_LENGTH));
        }
        Regex regex = alternatives();
        if (peek() != END_OF_TEXT) {
            throw refusal("a ) closes nothing");
        }
        return regex;
    }

    private Regex alternatives() {
        List<Sequence> alternatives = new ArrayList<>();
        do {
            alternatives.add(sequence());
        } while (skip("|"));
        return new Regex(List.copyOf(alternatives));
    }

    private Sequence sequence() {
        List<Piece> pieces = new ArrayList<>();
        while (peek() != END_OF_TEXT && peek() != '|' && peek() != ')') {
            Atom atom = atom();
            Quantifier quantifier = quantifier();
            if (quantifier != null && (atom instanceof Anchor || atom instanceof Lookahead)) {
                throw refusal("a quantifier follows what has no length");
            }
            pieces.add(new Piece(atom, quantifier));
        }
        return new Sequence(List.copyOf(pieces));
    }

    private Atom atom() {
        if (skip("(?:")) {
            return new Group(closed());
        }
        if (skip("(?=")) {
            return new Lookahead(false, closed());
        }
        if (skip("(?!")) {
            return new Lookahead(true, closed());
        }
        int c = take();
        return switch (c) {
            case '(' -> {
                if (peek() == '?') {
                    throw refusal("of groups with ? only (?: (?= (?! are known");
                }
                yield new Group(closed());
            }
            case '[' -> characterClass();
            case '.' -> new AnyCharacter();
            case '^' -> Anchor.START;
            case '$' -> Anchor.END;
            case '\\' -> {
                Atom anchor = wordEdge();
                yield anchor != null ? anchor : (Atom) escaped();
            }
            case '*', '+', '?', '{' -> throw refusal("a quantifier follows nothing");
            default -> new Literal(c);
        };
    }

    private Regex closed() {
        Regex inner = alternatives();
        if (!skip(")")) {
            throw refusal("a ( is not closed");
        }
        return inner;
    }

    private @Nullable Quantifier quantifier() {
        Quantifier quantifier;
        if (skip("*")) {
            quantifier = new Quantifier(0, null);
        } else if (skip("+")) {
            quantifier = new Quantifier(1, null);
        } else if (skip("?")) {
            quantifier = new Quantifier(0, 1);
        } else if (peek() == '{') {
            quantifier = bounds();
        } else {
            return null;
        }
        skip("?");
        return quantifier;
    }

    private Quantifier bounds() {
        // Long enough for any bounds; what is behind them does not matter here.
        String ahead = new String(pattern, next, Math.min(10, pattern.length - next));
        Matcher bounds = BOUNDS.matcher(ahead);
        if (!bounds.lookingAt()) {
            throw refusal("not a bound of the form {m}, {m,} or {m,n}");
        }
        next += bounds.end();
        int least = Integer.parseInt(bounds.group(1));
        Integer most = bounds.group(2) == null
                ? Integer.valueOf(least)
                : bounds.group(3) == null ? null : Integer.valueOf(bounds.group(3));
        if (least > MAX_REPETITIONS || (most != null && (most > MAX_REPETITIONS || most < least))) {
            throw refusal("bounds go up to %d, the smaller first".formatted(MAX_REPETITIONS));
        }
        return new Quantifier(least, most);
    }

    private CharacterClass characterClass() {
        boolean negated = skip("^");
        List<ClassItem> items = new ArrayList<>();
        do {
            items.add(classItem());
        } while (peek() != ']');
        take();
        return new CharacterClass(negated, List.copyOf(items));
    }

    private ClassItem classItem() {
        ClassItem first = classCharacter();
        boolean range = peek() == '-' && next + 1 < pattern.length && pattern[next + 1] != ']';
        if (!range) {
            return first;
        }
        take();
        if (first instanceof Literal from
                && classCharacter() instanceof Literal to
                && from.codePoint() <= to.codePoint()) {
            return new Range(from.codePoint(), to.codePoint());
        }
        throw refusal("not a range");
    }

    private ClassItem classCharacter() {
        int c = take();
        if (c == END_OF_TEXT) {
            throw refusal("a [ is not closed");
        }
        if (c == '[' && (peek() == ':' || peek() == '.' || peek() == '=')) {
            throw refusal("named classes are not known");
        }
        return c == '\\' ? escaped() : new Literal(c);
    }

    private @Nullable Anchor wordEdge() {
        if (skip("b")) {
            return Anchor.WORD_EDGE;
        }
        return skip("B") ? Anchor.NO_WORD_EDGE : null;
    }

    /** What follows a backslash, in a class too. */
    private ClassItem escaped() {
        int c = take();
        return switch (c) {
            case 'd' -> new Shorthand(Shorthand.Kind.DIGIT, false);
            case 'D' -> new Shorthand(Shorthand.Kind.DIGIT, true);
            case 'w' -> new Shorthand(Shorthand.Kind.WORD, false);
            case 'W' -> new Shorthand(Shorthand.Kind.WORD, true);
            case 's' -> new Shorthand(Shorthand.Kind.SPACE, false);
            case 'S' -> new Shorthand(Shorthand.Kind.SPACE, true);
            case 't' -> new Literal('\t');
            case 'n' -> new Literal('\n');
            case 'r' -> new Literal('\r');
            default -> {
                if (c == END_OF_TEXT || PUNCTUATION.indexOf(c) < 0) {
                    throw refusal("an unknown escape");
                }
                yield new Literal(c);
            }
        };
    }

    private int peek() {
        return next < pattern.length ? pattern[next] : END_OF_TEXT;
    }

    private int take() {
        return next < pattern.length ? pattern[next++] : END_OF_TEXT;
    }

    private boolean skip(String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (next + i >= pattern.length || pattern[next + i] != expected.charAt(i)) {
                return false;
            }
        }
        next += expected.length();
        return true;
    }

    private ApiException refusal(String reason) {
        return ApiException.invalid(place, "a bad regular expression: " + reason);
    }
}
