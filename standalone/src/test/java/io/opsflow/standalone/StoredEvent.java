package io.opsflow.standalone;

import io.opsflow.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A row of the event store as an auditor reads it: by SQL, with the hash chain recomputed from its description alone. */
record StoredEvent(
        long globalIndex,
        String aggregateType,
        String aggregateId,
        long sequence,
        UUID eventId,
        String name,
        int revision,
        long occurredAt,
        String domainId,
        String workspaceId,
        String projectId,
        String payload,
        String metadata,
        byte[] hash) {

    private static final String ALL = """
            select global_index, aggregate_type, aggregate_id, sequence, event_id, event_name, revision,
                   (extract(epoch from occurred_at) * 1000)::bigint, domain_id, workspace_id, project_id,
                   payload::text, metadata::text, hash
              from event_store.domain_event
             order by global_index
            """;

    static List<StoredEvent> all(String url, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(ALL)) {
            List<StoredEvent> events = new ArrayList<>();
            while (row.next()) {
                events.add(new StoredEvent(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getObject(5, UUID.class),
                        row.getString(6),
                        row.getInt(7),
                        row.getLong(8),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12),
                        row.getString(13),
                        row.getBytes(14)));
            }
            return events;
        }
    }

    JsonNode event() {
        return Json.mapper().readTree(payload);
    }

    String requestId() {
        return Json.mapper().readTree(metadata).get("request_id").stringValue();
    }

    boolean isLastOfItsRequest() {
        return Json.mapper().readTree(metadata).get("request_last").booleanValue();
    }

    byte[] hashAfter(byte[] previous) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.write(previous);
            out.writeLong(globalIndex);
            text(out, aggregateType);
            text(out, aggregateId);
            out.writeLong(sequence);
            out.writeLong(eventId.getMostSignificantBits());
            out.writeLong(eventId.getLeastSignificantBits());
            text(out, name);
            out.writeInt(revision);
            out.writeLong(occurredAt);
            for (String text : List.of(domainId, workspaceId, projectId, payload, metadata)) {
                text(out, text);
            }
            return MessageDigest.getInstance("SHA-256").digest(content.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
