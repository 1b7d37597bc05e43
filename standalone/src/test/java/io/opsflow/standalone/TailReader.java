package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Follows the store as any reader may: what stands behind the last index it knows, time and again. */
final class TailReader implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(2);

    private static final String TAIL = """
            select global_index, hash from event_store.domain_event where global_index > ? order by global_index
            """;

    private final Connection connection;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<String> hashes = new ArrayList<>();
    private final Future<?> reading;

    /** @param connection closed with the reader */
    TailReader(Connection connection) {
        this.connection = connection;
        this.reading = thread.scheduleWithFixedDelay(this::read, 0, PAUSE.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The hashes by their index, from 1 on, as they were seen, once the reader has come to an event. */
    List<String> stopAt(long index) throws Exception {
        thread.submit(this::read).get();
        assertThat(reading).as("it goes on").isNotDone();
        assertThat(hashes).hasSizeGreaterThanOrEqualTo((int) index);
        return List.copyOf(hashes);
    }

    private void read() {
        try (PreparedStatement tail = connection.prepareStatement(TAIL)) {
            tail.setLong(1, hashes.size());
            try (ResultSet row = tail.executeQuery()) {
                while (row.next()) {
                    assertThat(row.getLong(1)).as("the next index").isEqualTo(hashes.size() + 1L);
                    hashes.add(HexFormat.of().formatHex(row.getBytes(2)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        thread.shutdownNow();
        connection.close();
    }
}
