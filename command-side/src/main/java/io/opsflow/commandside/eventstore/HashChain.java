package io.opsflow.commandside.eventstore;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The chain that makes the store tamper-evident: an event's hash is SHA-256 over its predecessor's hash and its own
 * exact content, so a row that is changed, removed or slipped in breaks every hash after it.
 *
 * <p>The layout of the hashed bytes is for ever: the predecessor's 32 bytes, then in this order global_index (8 bytes,
 * big-endian), aggregate_type, aggregate_id, sequence (8), event_id (16), event_name, revision (4), occurred_at in
 * milliseconds since 1970 (8), domain_id, workspace_id, project_id, payload, metadata. A text is its length in bytes
 * (4), then its UTF-8.
 */
final class HashChain {

    /** What stands before the first event: 32 zero bytes. */
    static final byte[] GENESIS = new byte[32];

    private HashChain() {}

    static byte[] next(byte[] previous, long globalIndex, StoredEvent event) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.write(previous);
            out.writeLong(globalIndex);
            text(out, event.aggregateType());
            text(out, event.aggregateId());
            out.writeLong(event.sequence());
            out.writeLong(event.eventId().getMostSignificantBits());
            out.writeLong(event.eventId().getLeastSignificantBits());
            text(out, event.name());
            out.writeInt(event.revision());
            out.writeLong(event.occurredAt().toEpochMilli());
            text(out, event.scope().domainId());
            text(out, event.scope().workspaceId());
            text(out, event.scope().projectId());
            text(out, event.payload());
            text(out, event.metadata());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sha256(content.toByteArray());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
