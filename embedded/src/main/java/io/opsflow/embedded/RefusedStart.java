package io.opsflow.embedded;

/** A server does not start on what it finds there; the message is a sentence for the user. */
public class RefusedStart extends IllegalStateException {
    RefusedStart(String sentence) {
        super(sentence);
    }
}
