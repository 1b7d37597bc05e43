package io.opsflow.bench.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What Java's recorder saw, by thread, by method and by what was allocated. */
final class Samples {

    private static final int MOST = 20;
    private static final String OURS = "io.opsflow.";

    private final Tally threads = new Tally();
    private final Tally methods = new Tally();
    private final Tally ours = new Tally();
    private final Tally executed = new Tally();
    private final Tally executedOurs = new Tally();
    private final Tally executedThreads = new Tally();
    private final Tally classes = new Tally();
    private final Tally allocators = new Tally();
    private final Tally allocatingThreads = new Tally();

    private Samples() {}

    static Samples read(Path recording) throws IOException {
        Samples samples = new Samples();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                samples.add(file.readEvent());
            }
        }
        return samples;
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.CPUTimeSample" -> count(event, thread(event.getThread("eventThread")), threads, methods, ours);
            case "jdk.ExecutionSample" ->
                count(event, thread(event.getThread("sampledThread")), executedThreads, executed, executedOurs);
            case "jdk.ObjectAllocationSample" -> allocated(event);
            default -> {
                // The recorder sees much more than is asked here.
            }
        }
    }

    private static void count(RecordedEvent event, String thread, Tally threads, Tally methods, Tally ours) {
        threads.add(thread, 1);
        frame(event, frame -> true).ifPresent(frame -> methods.add(frame, 1));
        ours.add(frame(event, frame -> name(frame).startsWith(OURS)).orElse("(none of ours)"), 1);
    }

    private void allocated(RecordedEvent event) {
        long weight = event.getLong("weight");
        allocatingThreads.add(thread(event.getThread()), weight);
        RecordedClass type = event.getClass("objectClass");
        classes.add(type.getName(), weight);
        frame(event, frame -> !name(frame).startsWith("java.")).ifPresent(frame -> allocators.add(frame, weight));
    }

    /** The innermost that is wanted. */
    private static Optional<String> frame(RecordedEvent event, Predicate<RecordedFrame> wanted) {
        List<RecordedFrame> frames = event.getStackTrace() == null
                ? List.of()
                : event.getStackTrace().getFrames();
        return frames.stream().filter(wanted).findFirst().map(Samples::name);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    /** Without its number, so that those of a pool count as one. */
    private static String thread(@org.jspecify.annotations.Nullable RecordedThread thread) {
        String name = thread == null ? null : thread.getJavaName();
        return name == null ? "(not Java's)" : name.replaceAll("\\d+", "n");
    }

    String text() {
        boolean timed = !threads.isEmpty();
        return (timed ? threads : executedThreads).text("Samples by thread", MOST)
                + (timed ? methods : executed).text("Samples by method", MOST)
                + (timed ? ours : executedOurs).text("Samples by innermost method of ours", MOST)
                + allocatingThreads.text("Allocated bytes by thread", MOST)
                + classes.text("Allocated bytes by class", MOST)
                + allocators.text("Allocated bytes by innermost method outside the JDK", MOST);
    }
}
