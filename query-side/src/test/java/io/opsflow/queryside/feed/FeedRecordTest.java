package io.opsflow.queryside.feed;

import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.kafka.KafkaMessageFactory;
import io.opsflow.queryside.fixture.Happenings;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedRecordTest {

    @ParameterizedTest
    @CsvSource({
        "ce_type, io.opsflow.x.v1",
        "ce_type, io.opsflow..created.v1",
        "ce_sequence, -1",
        "ce_time, +300000-01-01T00:00:00Z", // PostgreSQL's times end before
        "ce_time, +300000000-01-01T00:00:00Z", // as do milliseconds in a long
        "ce_time, 0000-12-31T23:59:59Z"
    })
    void whatNoEventCanSayOfItselfMakesARecordUnreadable(String header, String value) {
        FeedRecord record = read(header, value);

        assertThat(record.event()).isNull();
        assertThat(record.problem()).startsWith("not a readable event: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_subject", "ce_domainid", "ce_workspaceid"})
    void soDoesAnIdThatNoIndexTakes(String header) {
        assertThat(read(header, "é".repeat(127)).event()).isNotNull();
        assertThat(read(header, "é".repeat(128)).problem())
                .isEqualTo("not a readable event: io.opsflow.queryside.table.UnstorableException:"
                        + " a text that is looked up by is longer than 255 bytes");
    }

    @Test
    void anotherServicesIdOfAnEventIsAsGood() {
        assertThat(read("ce_id", "no-uuid").event()).isNotNull();
    }

    private static FeedRecord read(String header, String value) {
        ProducerRecord<Void, byte[]> sent = KafkaMessageFactory.createWriter("events")
                .writeBinary(new Happenings().one(taskCreated(id(1))).toCloudEvent());
        sent.headers().remove(header).add(header, value.getBytes(StandardCharsets.UTF_8));
        return FeedRecord.of(new TopicPartition("events", 0), 0, null, sent.headers(), sent.value(), null);
    }
}
