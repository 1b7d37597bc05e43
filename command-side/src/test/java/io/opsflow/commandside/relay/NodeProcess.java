package io.opsflow.commandside.relay;

import io.opsflow.commandside.CommandSideApplication;
import io.opsflow.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A node in a process of its own, so that it can die without a word. */
record NodeProcess(Process process) {

    static NodeProcess start(EmbeddedDatabase database, String url, String bootstrap, String topic) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommandSideApplication.class.getName(),
                        "--spring.main.web-application-type=none",
                        "--spring.main.keep-alive=true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        command.environment()
                .putAll(Map.of(
                        "OPSFLOW_EVENT_STORE_URL", url,
                        "OPSFLOW_EVENT_STORE_USER", database.user(),
                        "OPSFLOW_EVENT_STORE_PASSWORD", database.password(),
                        "OPSFLOW_KAFKA_BOOTSTRAP", bootstrap,
                        "OPSFLOW_KAFKA_TOPIC", topic));
        return new NodeProcess(command.start());
    }

    /** kill -9; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
