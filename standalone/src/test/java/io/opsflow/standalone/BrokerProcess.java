package io.opsflow.standalone;

import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.FreePort;
import java.nio.file.Path;

/** A broker in a process of its own, so that it can be killed; it comes back on the same port with its data. */
final class BrokerProcess implements AutoCloseable {

    private final Path directory;
    private final int port = FreePort.find();
    private JarProcess process;

    BrokerProcess(Path directory) {
        this.directory = directory;
        this.process = run();
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    void kill() {
        process.kill();
    }

    void restart() {
        process = run();
    }

    @Override
    public void close() {
        process.close();
    }

    private JarProcess run() {
        JarProcess broker = JarProcess.start(Program.class, directory.toString(), Integer.toString(port));
        broker.awaitLine(Program.READY);
        return broker;
    }

    /** What runs in that process. */
    static final class Program {

        static final String READY = "the broker is ready";

        private Program() {}

        public static void main(String[] arguments) {
            // Kafka's own threads keep the process alive.
            EmbeddedBroker.startOpen(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            System.out.println(READY);
        }
    }
}
