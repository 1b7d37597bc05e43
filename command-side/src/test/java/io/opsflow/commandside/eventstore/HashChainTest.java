package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HashChainTest extends StoreTest {

    @Test
    void theLayoutIsForEver() {
        StoredEvent event = new StoredEvent(
                "task",
                "task-0123456789ab",
                3,
                UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
                "task.renamed",
                1,
                Instant.parse("2026-01-02T03:04:05.678Z"),
                new EventScope("domain-1", "workspace-1", ""),
                "{\"name\":\"Überraschung\"}",
                "{}");

        assertThat(HexFormat.of().formatHex(HashChain.next(HashChain.GENESIS, 42, event)))
                .isEqualTo("3261d21403c53f76ccaba90a89c85e7cba1db8e014b998f52ce556c6592e051a");
    }

    @Test
    void everyHashCoversTheRowAsItStandsInTheDatabaseAndTheHashBefore() {
        store.appendEvents(renamed("task-1", 0), described("task-1", 1));
        store.appendEvents(renamed("task-2", 0));

        byte[] previous = new byte[32];
        for (byte[][] row : rows()) {
            assertThat(row[1]).isEqualTo(sha256(previous, row[0]));
            previous = row[1];
        }
        assertThat(all().getLast().getMetaData())
                .containsEntry("hash", HexFormat.of().formatHex(previous));
    }

    /** What is hashed of each row, put together by PostgreSQL, and the hash that stands there. */
    private List<byte[][]> rows() {
        return sql.query(
                """
                select int8send(global_index) || t(aggregate_type) || t(aggregate_id) || int8send(sequence)
                       || uuid_send(event_id) || t(event_name) || int4send(revision)
                       || int8send((extract(epoch from occurred_at) * 1000)::bigint)
                       || t(domain_id) || t(workspace_id) || t(project_id) || t(payload::text) || t(metadata::text),
                       hash
                  from domain_event order by global_index
                """.replaceAll("\\bt\\(([a-z_:]+)\\)", "(int4send(octet_length($1)) || convert_to($1, 'UTF8'))"),
                (row, number) -> new byte[][] {row.getBytes(1), row.getBytes(2)});
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
