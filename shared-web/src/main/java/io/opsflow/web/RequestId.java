package io.opsflow.web;

public final class RequestId {
    public static String current() {
        return "";
    }
}
