package io.opsflow.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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

    static Stream<Arguments> older() {
        return EventSamples.older().entrySet().stream().map(older -> Arguments.of(older.getKey(), older.getValue()));
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
    @MethodSource("older")
    void whatWasWrittenBeforeAMemberWasAddedIsReadWithItsDefault(String file, DomainEvent event) {
        assertThat((DomainEvent) Json.mapper().readValue(golden(file), event.getClass()))
                .isEqualTo(event);
    }

    @Test
    void everyFileIsEitherTheNewestOfItsTypeOrAnOlderOne() throws Exception {
        URI folder = GoldenEventsTest.class.getResource("/golden").toURI();
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(types().map(GoldenEventsTest::newest), EventSamples.older().keySet().stream())
                                    .toList());
        }
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
        return golden(newest(type));
    }

    /** The last in order of {@code .v1.json}, {@code .v1.b.json}, {@code .v1.c.json}. */
    private static String newest(EventType type) {
        String first = "%s.v%d.json".formatted(type.name(), type.revision());
        return Stream.iterate('b', letter -> letter <= 'z', letter -> (char) (letter + 1))
                .map(letter -> first.replace(".json", "." + letter + ".json"))
                .takeWhile(file -> GoldenEventsTest.class.getResource("/golden/" + file) != null)
                .reduce(first, (before, next) -> next);
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
