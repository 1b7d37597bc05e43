package io.opsflow.queryside.feed;

/** What was read from one topic cannot go on with this one: it tells another history. */
final class AnotherTopicException extends RuntimeException {

    AnotherTopicException(String message) {
        super(message);
    }
}
