package io.opsflow.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.error.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyRoomTest {

    private static final int MIB = 1024 * 1024;
    private static final Caller KIM =
            new Caller(Role.DOMAIN_ADMIN, ActorKind.USER, "kim", "domain-a", null, null, List.of());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final BodyRoom room = new BodyRoom(100L * MIB, ends::push, meters);

    @Test
    void aBodyKeepsItsRoomUntilItsRequestHasEnded() throws IOException {
        String body = "x".repeat(MIB);
        assertThat(room.read(in(body), MIB, KIM))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(body);
        assertThat(used()).isEqualTo(0.03);
        ends.pop().run();
        assertThat(used()).isZero();
    }

    @Test
    void aShortOneTakesNone() throws IOException {
        String body = "x".repeat(20 * 1024);
        assertThat(room.read(in(body), MIB, KIM)).hasSize(body.length());
        assertThat(used()).isZero();
        assertThat(ends).isEmpty();
    }

    @Test
    void oneByteMoreThanTheMostIsRead() throws IOException {
        assertThat(room.read(in("x".repeat(MIB + 2)), MIB, KIM)).hasSize(MIB + 1);
        assertThat(room.read(in("x".repeat(MIB)), MIB, KIM)).hasSize(MIB);
        assertThat(room.read(in(""), MIB, KIM)).isEmpty();
    }

    @Test
    void whatFindsNoRoomIsNotReadOn() throws IOException {
        for (int i = 0; i < 8; i++) {
            room.read(in("x".repeat(MIB)), MIB, KIM);
        }
        ByteArrayInputStream rest = in("x".repeat(MIB));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> room.read(rest, MIB, KIM))
                .matches(e -> e.status() == 503)
                .withMessage("Too many large requests are under way; try again later, or send less.");
        assertThat(rest.available()).isGreaterThan(MIB / 2);
        assertThat(meters.get("opsflow.request.without.room").counter().count()).isEqualTo(1);
    }

    /** Measured: what the tree of a body of one unit after the other takes, in bytes for each byte of it. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'7,', 3.1",
                "'22,', 7.4",
                "'12345678901234567890,', 4.1",
                "'-0,', 20.8",
                "'0.1,', 28.1",
                "'1e1,', 28.1",
                "'0.123456789,', 15.1",
                "'{},', 31.4",
                "'[],', 18.1",
                "'[[[[1]]]],', 42.0",
                "'{\"a\":1},', 33.1",
                "'{\"a\":1,\"b\":2},', 25.0",
                "'\"a\",', 18.1",
                "'\"\\\"\\\\\",', 14",
                "'x', 2.1"
            })
    void aBodyCountsWhatItsTreeTakes(String unit, double measured) throws IOException {
        String body = unit.repeat(MIB / 2 / unit.length());
        room.read(in(body), MIB, KIM);
        assertThat(used() * 100 * MIB / body.length()).isBetween(0.98 * measured, 5 * measured);
    }

    private double used() {
        return meters.get("opsflow.request.room.used").gauge().value();
    }

    private static ByteArrayInputStream in(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }
}
