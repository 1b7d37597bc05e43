package io.opsflow.standalone;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Reads all that the service logs while it is tested, and keeps the lines that hold what no log may: a token, a key for
 * repeats, or {@link #SECRET}, which tests put wherever a task says something.
 */
public final class LogWatch extends AppenderBase<ILoggingEvent> {

    /** Content of a task, and of nothing else. */
    static final String SECRET = "confidential-7c1f";

    /** A JWT begins with the base64 of an opening brace and a quote. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{10}");

    private static final Set<String> FORBIDDEN = ConcurrentHashMap.newKeySet();
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();
    private static final Deque<String> LATEST = new ConcurrentLinkedDeque<>();
    private static final int MOST_KEPT = 1_000;

    private final PatternLayout layout = new PatternLayout();

    /** What must not be logged from now on. */
    static void forbid(String text) {
        FORBIDDEN.add(text);
    }

    /** The lines that were logged last. */
    static List<String> lines() {
        return List.copyOf(LATEST);
    }

    /** All lines that should not have been. */
    static List<String> leaks() {
        return List.copyOf(LEAKS);
    }

    static boolean leaks(String line) {
        return line.contains(SECRET)
                || TOKEN.matcher(line).find()
                || FORBIDDEN.stream().anyMatch(line::contains);
    }

    @Override
    public void start() {
        layout.setContext(getContext());
        layout.setPattern("%level %thread [%mdc] %logger : %msg %kvp %ex{full}");
        layout.start();
        super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        String line = layout.doLayout(event);
        if (leaks(line)) {
            LEAKS.add(line);
        }
        LATEST.add(line);
        if (LATEST.size() > MOST_KEPT) {
            LATEST.poll();
        }
    }
}
