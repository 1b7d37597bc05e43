package io.opsflow.web.setting;

/** A setting that is missing or wrong; it ends the start, and its one sentence is all that is printed. */
public final class WrongSetting extends RuntimeException {

    /** @param sentence names the environment variable and what is the matter with it */
    public WrongSetting(String sentence) {
        super(sentence);
    }
}
