package io.opsflow.api.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.CloudEventUtils;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventContextReader;
import io.cloudevents.rw.CloudEventContextWriter;
import io.cloudevents.rw.CloudEventDataMapper;
import io.cloudevents.rw.CloudEventRWException;
import io.cloudevents.rw.CloudEventReader;
import io.cloudevents.rw.CloudEventWriter;
import io.cloudevents.rw.CloudEventWriterFactory;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventRecordTest {

    private static final Set<String> OPTIONAL = Set.of("correlationid", "traceparent");

    private static final EventRecord RECORD = new EventRecord(
            "id-1",
            "task.renamed",
            3,
            "task-1",
            2,
            0xfffffffffL,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            "domain-1",
            "workspace-1",
            "",
            "kim@example.com",
            "USER",
            "request-1",
            "correlation-1",
            true,
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00ff",
            "{\"name\":\"Dísk\"}");

    @Test
    void itIsReadAsItWasWritten() {
        assertThat(read(RECORD.toCloudEvent())).isEqualTo(RECORD);
    }

    @Test
    void whatIsMissingIsNamed() {
        CloudEvent whole = RECORD.toCloudEvent();

        assertThat(whole.getExtensionNames()).hasSizeGreaterThan(OPTIONAL.size());
        for (String extension : whole.getExtensionNames()) {
            CloudEvent event =
                    CloudEventBuilder.v1(whole).withoutExtension(extension).build();
            if (OPTIONAL.contains(extension)) {
                assertThat(read(event)).isNotEqualTo(RECORD);
            } else {
                assertThatThrownBy(() -> read(event))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(extension);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "type", "subject", "time"})
    void anAttributeThatIsMissingIsNamed(String missing) {
        CloudEventReader whole = CloudEventUtils.toReader(RECORD.toCloudEvent());

        assertThatThrownBy(() -> EventRecord.from(changed(whole, missing, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing);
    }

    @ParameterizedTest
    @CsvSource({
        "source, not a uri",
        "time, yesterday",
        "time, 2026-01-02T03:04:05Z and more",
        "time, 2026-01-02T03:04:05+09z00",
        "sequence, one",
        "globalindex, 1.5"
    })
    void anAttributeThatIsWrongIsRefused(String name, String value) {
        CloudEventReader whole = CloudEventUtils.toReader(RECORD.toCloudEvent());

        assertThatThrownBy(() -> EventRecord.from(changed(whole, name, value)))
                .isInstanceOfAny(IllegalArgumentException.class, CloudEventRWException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.example.renamed.v1",
                "io.opsflow.task.renamed",
                "io.opsflow.v1",
                "io.opsflow.task.v",
                "io.opsflow.task.v1",
                "io.opsflow..renamed.v1"
            })
    void othersEventsAreNone(String type) {
        CloudEvent event =
                CloudEventBuilder.v1(RECORD.toCloudEvent()).withType(type).build();

        assertThatThrownBy(() -> read(event)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "io.opsflow.task-type.created.v1, task-type",
        "io.opsflow.task-category.created.v12, task-category",
        "io.opsflow.x.unheard-of.v1, x",
        "io.opsflow.task.viewed.twice.v2, task"
    })
    void anEventThatThisVersionDoesNotKnowIsOneToo(String type, String aggregateType) {
        EventRecord record =
                read(CloudEventBuilder.v1(RECORD.toCloudEvent()).withType(type).build());

        assertThat(record.aggregateType()).isEqualTo(aggregateType);
        assertThat(record.toCloudEvent().getType()).isEqualTo(type);
    }

    /** As anybody may have sent it, which no builder makes. */
    private static CloudEventReader changed(CloudEventReader whole, String name, @Nullable String value) {
        return new CloudEventReader() {
            @Override
            public <W extends CloudEventWriter<R>, R> R read(
                    CloudEventWriterFactory<W, R> factory, CloudEventDataMapper<? extends CloudEventData> mapper) {
                W writer = factory.create(SpecVersion.V1);
                ((CloudEventContextReader) whole).readContext(new CloudEventContextWriter() {
                    @Override
                    public CloudEventContextWriter withContextAttribute(String key, String text) {
                        if (!key.equals(name)) {
                            writer.withContextAttribute(key, text);
                        } else if (value != null) {
                            writer.withContextAttribute(key, value);
                        }
                        return this;
                    }
                });
                return writer.end();
            }
        };
    }

    private static EventRecord read(CloudEvent event) {
        return EventRecord.from(CloudEventUtils.toReader(event));
    }
}
