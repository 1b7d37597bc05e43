package io.opsflow.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is stored is for ever: every event type has a file with an event as it has been written since, and must still
 * read it. A file never changes. A member that is added gets a new file under the next letter, {@code .v1.b.json}, and
 * its default in the compact constructor, so that the old one still reads.
 */
class GoldenEventsTest {

    static List<DomainEvent> samples() {
        return EventSamples.all();
    }

    static Stream<EventType> types() {
        return EventTypes.all().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anEventIsWrittenAsItEverWas(DomainEvent event) {
        assertThat(Json.write(event)).isEqualTo(golden(EventTypes.of(event.getClass())));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatWasWrittenIsReadBack(DomainEvent event) {
        EventType type = EventTypes.of(event.getClass());
        assertThat((DomainEvent) Json.mapper().readValue(golden(type), type.payloadClass()))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aMemberOfANewerVersionIsPassedOver(DomainEvent event) {
        EventType type = EventTypes.of(event.getClass());
        String newer = golden(type).replaceFirst("\\{", "{\"new_member\":{\"a\":[1]},");
        assertThat((DomainEvent) Json.mapper().readValue(newer, type.payloadClass()))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyTypeHasASample(EventType type) {
        assertThat(EventSamples.all()).extracting(Object::getClass).containsOnlyOnce(type.payloadClass());
    }

    @Test
    void flagsAreNamedAsTheContractNamesThemAndStandThereOnce() {
        String fields = golden("task-type.fields_changed.v1.json");
        assertThat(fields)
                .containsOnlyOnce("\"is_required\":true")
                .containsOnlyOnce("\"is_primary\":false")
                .doesNotContain("\"required\"", "\"primary\"");
        assertThat(golden("task-category.statuses_changed.v1.json"))
                .contains("\"is_default\":true")
                .doesNotContain("\"default\"");
    }

    private static String golden(EventType type) {
        return golden("%s.v%d.json".formatted(type.name(), type.revision()));
    }

    private static String golden(String file) {
        try (InputStream stored = GoldenEventsTest.class.getResourceAsStream("/golden/" + file)) {
            assertThat(stored).as("the golden file golden/" + file).isNotNull();
            return new String(stored.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
