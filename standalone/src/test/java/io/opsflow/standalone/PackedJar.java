package io.opsflow.standalone;

import io.opsflow.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;

/**
 * One of the jars that run, as it was packed.
 *
 * @param bill what it is made of, as CycloneDX has it
 */
record PackedJar(List<? extends ZipEntry> entries, String manifest, JsonNode bill) {

    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** @param module the folder's name, which is the jar's */
    static PackedJar of(String module) {
        Path path = Path.of("..", module, "target", module + ".jar");
        try (ZipFile jar = new ZipFile(path.toFile())) {
            return new PackedJar(
                    jar.stream().toList(),
                    text(jar, "META-INF/MANIFEST.MF"),
                    Json.mapper().readTree(text(jar, "META-INF/sbom/application.cdx.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ZipFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        // Built offline it has no bill.
        return entry == null ? "{}" : new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The file names of the jars within. */
    List<String> libraries() {
        return entries.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
                .map(name -> name.substring(LIBRARIES.length()))
                .toList();
    }

    /** What the bill names, but for modules of ours. */
    Stream<JsonNode> othersLibraries() {
        return components()
                .filter(component -> !component.get("group").stringValue().equals("io.opsflow"));
    }

    /** What the bill names. */
    Stream<JsonNode> components() {
        return bill.get("components").valueStream();
    }
}
