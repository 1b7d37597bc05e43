package io.opsflow.commandside.relay;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AcknowledgedTest {

    private final Acknowledged acknowledged = new Acknowledged();

    @Test
    void offsetsGoOnInEachPartition() {
        acknowledged.since(1);
        assertThatNoException().isThrownBy(() -> {
            acknowledged.add(at(0, 7));
            acknowledged.add(at(1, 3));
            acknowledged.add(at(0, 8));
            acknowledged.add(at(1, RecordMetadata.UNKNOWN_PARTITION)); // the broker's first answer was lost
            acknowledged.add(at(1, 4));
        });
    }

    @Test
    void anOffsetThatGoesBackIsOfATopicThatHasNotAllItTook() {
        acknowledged.since(1);
        acknowledged.add(at(0, 7));

        assertThatThrownBy(() -> acknowledged.add(at(0, 0)))
                .hasMessage("offset 0 of partition 0 was given after 7: the topic is another one or has lost its end");
    }

    @Test
    void whoHasLookedAtTheTopicAgainMayBeginAgain() {
        acknowledged.since(1);
        acknowledged.add(at(0, 7));
        acknowledged.since(2);

        assertThatNoException().isThrownBy(() -> acknowledged.add(at(0, 0)));
    }

    private static RecordMetadata at(int partition, long offset) {
        return new RecordMetadata(new TopicPartition("events", partition), offset, 0, 0, 0, 0);
    }
}
