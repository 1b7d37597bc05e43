package io.opsflow.queryside.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Rows in the binary format of PostgreSQL's COPY: of each field its length and then its bytes, numbers big-endian. */
final class CopyBuffer {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final int END = -1;
    private static final int VERSION_OF_JSONB = 1;

    /** PostgreSQL counts microseconds from here. */
    private static final long EPOCH_MILLIS =
            Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();

    private ByteBuffer bytes;

    /** @param capacity to begin with */
    CopyBuffer(int capacity) {
        bytes = ByteBuffer.allocate(capacity);
    }

    int size() {
        return bytes.position();
    }

    byte[] array() {
        return bytes.array();
    }

    void clear() {
        bytes.clear();
    }

    /** What comes before the first row. */
    void begin() {
        int flags = 0;
        int extension = 0;
        room(SIGNATURE.length + 2 * Integer.BYTES).put(SIGNATURE).putInt(flags).putInt(extension);
    }

    /** What comes before the fields of a row. */
    void row(int fields) {
        room(Short.BYTES).putShort((short) fields);
    }

    /** What comes behind the last row. */
    void end() {
        row(END);
    }

    void unset() {
        room(Integer.BYTES).putInt(NULL);
    }

    void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        field(utf8.length).put(utf8);
    }

    void jsonb(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        field(1 + utf8.length).put((byte) VERSION_OF_JSONB).put(utf8);
    }

    void bigint(long value) {
        field(Long.BYTES).putLong(value);
    }

    void integer(int value) {
        field(Integer.BYTES).putInt(value);
    }

    void flag(boolean value) {
        field(1).put((byte) (value ? 1 : 0));
    }

    void time(long epochMillis) {
        bigint((epochMillis - EPOCH_MILLIS) * 1_000);
    }

    private ByteBuffer field(int length) {
        return room(Integer.BYTES + length).putInt(length);
    }

    private ByteBuffer room(int needed) {
        if (bytes.remaining() < needed) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + needed));
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }
}
