package io.opsflow.commandside.tool;

/** The tool cannot do what it was asked; the message is the one sentence the user reads. */
final class ToolFailure extends RuntimeException {
    ToolFailure(String sentence) {
        super(sentence);
    }
}
