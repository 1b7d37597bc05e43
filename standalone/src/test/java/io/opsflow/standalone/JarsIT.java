package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the jars that run are made of; and of what makes them reproducible, what can be seen without a second build. */
class JarsIT {

    /** The build's project.build.outputTimestamp. */
    private static final LocalDateTime PACKED = LocalDateTime.parse("2026-01-01T00:00:00");

    private static final Path LICENCES = Path.of("../docs/licences.md");

    /** Those that ask for no more than to be named. Who adds one has read it. */
    private static final Set<String> ALLOWED = Set.of(
            "0BSD",
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-2.0",
            "Go License",
            "Indiana University Extreme! Lab Software License",
            "MIT",
            "MIT-0",
            "Public Domain");

    @ParameterizedTest
    @ValueSource(strings = {"command-side", "query-side", "standalone"})
    void theBillNamesEveryLibraryWithALicenceThatIsAllowed(String module) {
        assumeThatThereAreBills();
        PackedJar jar = PackedJar.of(module);

        assertThat(jar.bill().get("bomFormat").stringValue()).isEqualTo("CycloneDX");
        assertThat(jar.bill().at("/metadata/component/name").stringValue()).isEqualTo(module);
        assertThat(jar.components().map(JarsIT::fileName)).containsAll(jar.libraries());
        assertThat(jar.othersLibraries())
                .hasSizeGreaterThan(50)
                .allSatisfy(library -> assertThat(licences(library))
                        .as("licences of %s, of which one has to be allowed", library.get("purl"))
                        .containsAnyElementsOf(ALLOWED));
    }

    @Test
    void thePageOfLicencesListsThem() {
        assumeThatThereAreBills();
        TreeMap<String, TreeSet<String>> libraries = List.of("command-side", "query-side", "standalone").stream()
                .flatMap(module -> PackedJar.of(module).othersLibraries())
                .collect(Collectors.groupingBy(
                        library -> String.join(" or ", licences(library)),
                        TreeMap::new,
                        Collectors.mapping(
                                library -> library.get("name").stringValue(), Collectors.toCollection(TreeSet::new))));

        assertThat(ComposeFile.read(LICENCES)
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .skip(2))
                .as("rows of docs/licences.md, from the bills in the jars")
                .containsExactlyElementsOf(libraries.entrySet().stream()
                        .map(row -> "| %s | %s |".formatted(row.getKey(), String.join(", ", row.getValue())))
                        .toList());
    }

    /** Whether two builds are equal byte for byte is what ops/reproducible tries. */
    @ParameterizedTest
    @ValueSource(strings = {"command-side", "query-side", "standalone"})
    void nothingInAJarTellsWhenOrWhereItWasPacked(String module) {
        PackedJar jar = PackedJar.of(module);

        assertThat(jar.entries())
                .extracting(ZipEntry::getTimeLocal)
                .as("the time of every entry")
                .containsOnly(PACKED);
        assertThat(jar.manifest() + jar.bill())
                .doesNotContain(
                        Path.of("..").toAbsolutePath().normalize().toString(),
                        System.getProperty("user.home"),
                        "Built-By:",
                        "timestamp");
    }

    private static void assumeThatThereAreBills() {
        assumeThat(System.getProperty("build.mode"))
                .as("offline Maven leaves out the plugin that makes them")
                .isNotEqualTo("offline=true");
    }

    private static List<String> licences(JsonNode library) {
        return library.path("licenses")
                .valueStream()
                .map(licence -> licence.get("license"))
                .map(licence ->
                        licence.path("id").stringValue(licence.path("name").stringValue("")))
                .sorted()
                .toList();
    }

    private static String fileName(JsonNode component) {
        return "%s-%s.jar"
                .formatted(
                        component.get("name").stringValue(),
                        component.get("version").stringValue());
    }
}
