package io.opsflow.web.tool;

/** The tool cannot do what it was asked; the message is the one sentence the user reads. */
public final class ToolFailure extends RuntimeException {
    public ToolFailure(String sentence) {
        super(sentence);
    }
}
