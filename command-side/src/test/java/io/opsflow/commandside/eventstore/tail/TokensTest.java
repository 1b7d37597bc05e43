package io.opsflow.commandside.eventstore.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.opsflow.commandside.eventstore.StoreTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.Test;

class TokensTest extends StoreTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration NINE_HOURS = Duration.ofHours(9);

    private final Serializer serializer = new TokenSerializer();

    @Test
    void positionsSurvive() {
        TokenStore tokens = new TailConfiguration().tokenStore(dataSource, serializer);
        tokens.initializeTokenSegments("relay", 1, new GlobalSequenceTrackingToken(0));
        tokens.fetchToken("relay", 0);
        tokens.storeToken(new GlobalSequenceTrackingToken(42), "relay", 0);
        tokens.releaseClaim("relay", 0);

        TokenStore later = new TailConfiguration().tokenStore(dataSource, new TokenSerializer());
        assertThat(later.fetchToken("relay", 0)).isEqualTo(new GlobalSequenceTrackingToken(42));
    }

    @Test
    void aPositionIsHeldByOneNodeAlsoWhereTwoAreOnOneMachine() {
        TokenStore one = new TailConfiguration().tokenStore(dataSource, serializer);
        TokenStore other = new TailConfiguration().tokenStore(dataSource, serializer);
        one.initializeTokenSegments("relay", 1, new GlobalSequenceTrackingToken(0));
        one.fetchToken("relay", 0);

        assertThatThrownBy(() -> other.fetchToken("relay", 0)).isInstanceOf(UnableToClaimTokenException.class);
    }

    @Test
    void aClaimThatNobodyRenewsIsTakenHoweverFarAheadItsOwnersClockWas() {
        TokenStore tokens = TailConfiguration.tokenStore(dataSource, serializer, SHORT);
        tokens.initializeTokenSegments("relay", 1, new GlobalSequenceTrackingToken(42));
        claimAhead(NINE_HOURS);

        assertThat(tokens.fetchAvailableSegments("relay")).isEmpty();
        await().atMost(SOON).until(() -> !tokens.fetchAvailableSegments("relay").isEmpty());
        assertThat(tokens.fetchToken("relay", 0)).isEqualTo(new GlobalSequenceTrackingToken(42));
    }

    @Test
    void aClaimThatIsRenewedStaysItsOwnersAlsoWhereItsClockIsAhead() {
        TokenStore tokens = TailConfiguration.tokenStore(dataSource, serializer, SHORT);
        tokens.initializeTokenSegments("relay", 1, new GlobalSequenceTrackingToken(0));
        AtomicInteger renewals = new AtomicInteger();

        await().during(SHORT.multipliedBy(3)).atMost(SOON).until(() -> {
            claimAhead(NINE_HOURS.plusSeconds(renewals.incrementAndGet()));
            return tokens.fetchAvailableSegments("relay").isEmpty();
        });
        claimAhead(NINE_HOURS.multipliedBy(2));
        assertThatThrownBy(() -> tokens.fetchToken("relay", 0)).isInstanceOf(UnableToClaimTokenException.class);
    }

    private void claimAhead(Duration ahead) {
        sql.update(
                "update token_entry set owner = 'another', timestamp = ?",
                Instant.now().plus(ahead).toString());
    }

    @Test
    void aReplayCanBeReadBack() {
        TrackingToken replay =
                ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(9), new GlobalSequenceTrackingToken(4));

        TrackingToken read = serializer.deserialize(serializer.serialize(replay, byte[].class));

        assertThat(read).isEqualTo(replay);
        assertThat(read.position()).hasValue(4);
    }

    @Test
    void noClassButAxonsIsEverMadeFromAToken() {
        assertThat(this.<Object>read("java.io.File", "\"/\"")).isInstanceOf(UnknownSerializedType.class);
        assertThatThrownBy(() -> read(ReplayToken.class.getName(), """
                        {"tokenAtReset":{"@class":"java.io.File"},"currentToken":null,"resetContext":null}
                        """)).isInstanceOf(SerializationException.class);
        ReplayToken replay = read(ReplayToken.class.getName(), """
                {"tokenAtReset":{"@class":"org.axonframework.eventhandling.GlobalSequenceTrackingToken","globalIndex":1},
                 "currentToken":null,"resetContext":{"@class":"java.io.File"}}
                """);
        assertThat(replay.context()).isInstanceOf(Map.class);
    }

    private <T> T read(String type, String json) {
        return serializer.deserialize(
                new SimpleSerializedObject<>(json.getBytes(StandardCharsets.UTF_8), byte[].class, type, null));
    }
}
