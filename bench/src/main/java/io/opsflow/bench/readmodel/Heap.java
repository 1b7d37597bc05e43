package io.opsflow.bench.readmodel;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.RuntimeMXBean;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The heap of another JVM of this machine and this user. */
final class Heap implements AutoCloseable {

    /** Two clocks of that JVM say when something was, and they differ a little. */
    private static final long CLOCKS_DIFFER_MILLIS = 50;

    private final JMXConnector connector;
    private final MemoryMXBean memory;
    private final RuntimeMXBean runtime;
    private final List<GarbageCollectorMXBean> collectors;
    private final Set<String> pools;

    private Heap(JMXConnector connector) throws IOException {
        this.connector = connector;
        var connection = connector.getMBeanServerConnection();
        memory = ManagementFactory.getPlatformMXBean(connection, MemoryMXBean.class);
        runtime = ManagementFactory.getPlatformMXBean(connection, RuntimeMXBean.class);
        collectors = ManagementFactory.getPlatformMXBeans(connection, GarbageCollectorMXBean.class);
        pools = ManagementFactory.getPlatformMXBeans(connection, MemoryPoolMXBean.class).stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName)
                .collect(Collectors.toUnmodifiableSet());
    }

    static Heap of(ProcessHandle jvm) throws IOException, AttachNotSupportedException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(jvm.pid()));
        try {
            return new Heap(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
        } finally {
            machine.detach();
        }
    }

    /** Has everything collected that nobody needs, and tells the bytes that are left at that moment. */
    long afterCollection() {
        long asked = runtime.getUptime() - CLOCKS_DIFFER_MILLIS;
        memory.gc();
        // A small collection may have come after the large one, and finds no less than that.
        return collectors.stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(last -> last != null && last.getEndTime() >= asked)
                .mapToLong(this::used)
                .min()
                .orElseThrow(() -> new IllegalStateException("nothing was collected"));
    }

    private long used(GcInfo collection) {
        return collection.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> pools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
