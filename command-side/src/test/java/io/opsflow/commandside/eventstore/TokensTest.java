package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;

class TokensTest extends StoreTest {

    private final Serializer serializer = TokenSerializer.create();

    @Test
    void positionsSurvive() {
        TokenStore tokens = new EventStoreConfiguration().tokenStore(dataSource, serializer);
        tokens.initializeTokenSegments("relay", 1, new GlobalSequenceTrackingToken(0));
        tokens.fetchToken("relay", 0);
        tokens.storeToken(new GlobalSequenceTrackingToken(42), "relay", 0);

        TokenStore later = new EventStoreConfiguration().tokenStore(dataSource, TokenSerializer.create());
        assertThat(later.fetchToken("relay", 0)).isEqualTo(new GlobalSequenceTrackingToken(42));
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
        byte[] evil = """
                {"tokenAtReset":null,"currentToken":null,"resetContext":{"@class":"javax.swing.JEditorPane","page":"x"}}
                """.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> serializer.deserialize(
                        new SimpleSerializedObject<>(evil, byte[].class, ReplayToken.class.getName(), null)))
                .hasStackTraceContaining("denied resolution");
    }
}
