package io.opsflow.embedded;

/** A server cannot start, as there is no room on its disk; the message is a sentence for the user. */
public final class FullDisk extends RefusedStart {
    FullDisk(String sentence) {
        super(sentence);
    }
}
