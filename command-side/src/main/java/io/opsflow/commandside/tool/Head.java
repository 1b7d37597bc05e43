package io.opsflow.commandside.tool;

import io.opsflow.web.tool.ToolFailure;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The end of the chain at some time, as it is printed and kept elsewhere. */
record Head(long index, String hash) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18}):([0-9a-fA-F]{64})");

    /** @throws ToolFailure for anything but {@code index:hash} */
    static Head parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new ToolFailure("--head is an earlier head as it was printed, index:hash, not " + text);
        }
        return new Head(Long.parseLong(parts.group(1)), parts.group(2).toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return index + ":" + hash;
    }
}
