package io.opsflow.bench.server;

import io.opsflow.embedded.EmbeddedBroker;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Where the packaged sides run as processes. It owns none of these. */
public record Deployment(Databases databases, EmbeddedBroker broker, Callers callers) {

    /** The topic that everybody uses who is not told of another. */
    public static final String TOPIC = "opsflow.events";

    /** Ready for commands. */
    public ServerProcess commandSide(String database, String topic) throws IOException {
        Map<String, String> settings = settings("EVENT_STORE", database);
        settings.put("OPSFLOW_KAFKA_TOPIC", topic);
        return ServerProcess.start("command-side", settings, "readiness");
    }

    /** Ready for reads. */
    public ServerProcess querySide(String database) throws IOException {
        return ServerProcess.start("query-side", settings("READ_MODEL", database), "readiness");
    }

    /** Answers its admins, but reads perhaps not yet: its read model may still have to be built. */
    public ServerProcess startingQuerySide(String database) throws IOException {
        return ServerProcess.start("query-side", settings("READ_MODEL", database), "liveness");
    }

    private Map<String, String> settings(String kind, String database) {
        Map<String, String> settings = new HashMap<>(callers.settings());
        settings.put("OPSFLOW_%s_URL".formatted(kind), databases.url(database));
        settings.put("OPSFLOW_%s_USER".formatted(kind), databases.user());
        settings.put("OPSFLOW_%s_PASSWORD".formatted(kind), databases.password());
        settings.put("OPSFLOW_KAFKA_BOOTSTRAP", broker.bootstrapServers());
        settings.put("SPRING_MAIN_BANNER_MODE", "off");
        settings.put("LOGGING_LEVEL_ROOT", "warn");
        return settings;
    }
}
