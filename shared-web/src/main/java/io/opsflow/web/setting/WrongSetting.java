package io.opsflow.web.setting;

import java.util.List;

/** Settings that are missing or wrong; they end the start, and a sentence for each is all that is printed. */
public final class WrongSetting extends RuntimeException {

    private final transient List<String> sentences;

    /** @param sentence names the environment variable and what is the matter with it */
    public WrongSetting(String sentence) {
        this(List.of(sentence));
    }

    /** @param sentences a line each; at least one */
    public WrongSetting(List<String> sentences) {
        super(String.join("\n", sentences));
        this.sentences = sentences;
    }

    public List<String> sentences() {
        return sentences;
    }
}
