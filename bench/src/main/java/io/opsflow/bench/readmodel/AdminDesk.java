package io.opsflow.bench.readmodel;

import io.opsflow.api.json.Json;
import io.opsflow.bench.server.HttpConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What an admin of the system asks a query side, each time on a new connection: between two questions lie minutes. */
record AdminDesk(int port, String token) {

    private static final String READ_MODEL = "/admin/read-model";

    Told told() throws IOException {
        try (HttpConnection connection = new HttpConnection(port, token)) {
            return Told.of(Json.parse(connection.get(READ_MODEL).body().getBytes(StandardCharsets.UTF_8)));
        }
    }

    void demandRebuild() throws IOException {
        try (HttpConnection connection = new HttpConnection(port, token)) {
            connection.post(READ_MODEL + "/rebuild", "{}");
        }
    }
}
