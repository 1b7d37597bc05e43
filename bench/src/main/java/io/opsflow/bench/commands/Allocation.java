package io.opsflow.bench.commands;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.HashMap;
import java.util.Map;

/**
 * What threads have allocated so far, in bytes.
 *
 * @param byThread of those that are alive and take part in commands: the callers and the thread that appends
 * @param all of all threads there have been: also of the relay, and of the broker in the same JVM
 */
record Allocation(Map<Long, Long> byThread, long all) {

    private static final String APPENDER = "appender";

    static Allocation now() {
        if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
            throw new IllegalStateException("this JVM does not count what threads allocate");
        }
        Map<Long, Long> byThread = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && takesPart(thread.getThreadName())) {
                byThread.put(thread.getThreadId(), threads.getThreadAllocatedBytes(thread.getThreadId()));
            }
        }
        return new Allocation(byThread, threads.getTotalThreadAllocatedBytes());
    }

    private static boolean takesPart(String thread) {
        return thread.startsWith(Crew.THREADS) || thread.equals(APPENDER);
    }

    long onTheWaySince(Allocation before) {
        return byThread.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.byThread.getOrDefault(thread.getKey(), 0L))
                .sum();
    }

    long inAllSince(Allocation before) {
        return all - before.all;
    }
}
