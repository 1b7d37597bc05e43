package io.opsflow.standalone;

/** The service cannot start; the message is the one sentence the user reads. */
final class StartFailure extends RuntimeException {
    StartFailure(String sentence) {
        super(sentence);
    }

    static StartFailure stopped() {
        return new StartFailure("Stopped while starting.");
    }
}
