package io.opsflow.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * All files of the page, in memory. They lie in one folder that is named by the hash of all of them: imports between
 * modules stay relative, and a file under a name never changes, so browsers may keep it for ever. Only the page that
 * names the folder is asked for again.
 */
final class ConsoleFiles {

    static final String FOLDER = "/console/";

    private static final String RESOURCES = "classpath*:console/**/*.*";
    private static final String PAGE = "index.html";
    private static final int VERSION_LENGTH = 16;

    private final String version;
    private final ConsoleFile page;
    private final Map<String, ConsoleFile> files;

    private ConsoleFiles(SortedMap<String, byte[]> contents) {
        version = hash(contents);
        files = contents.entrySet().stream()
                .filter(file -> !file.getKey().equals(PAGE))
                .collect(Collectors.toMap(Map.Entry::getKey, file -> ConsoleFile.of(file.getKey(), file.getValue())));
        page = ConsoleFile.of(PAGE, filledIn(text(contents.get(PAGE))));
    }

    static ConsoleFiles load() {
        var resources = new PathMatchingResourcePatternResolver(ConsoleFiles.class.getClassLoader());
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try {
            for (Resource file : resources.getResources(RESOURCES)) {
                String url = file.getURL().toString();
                contents.put(
                        url.substring(url.lastIndexOf("/console/") + FOLDER.length()), file.getContentAsByteArray());
            }
            for (Library library : Library.ALL) {
                Resource[] found = resources.getResources("classpath*:" + library.location());
                if (found.length != 1) {
                    throw new IllegalStateException(found.length + " files are at " + library.location());
                }
                String source = found[0].getContentAsString(StandardCharsets.UTF_8);
                contents.put(library.file(), Library.asServed(source).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ConsoleFiles(contents);
    }

    /** Changes with every change of any file. */
    String version() {
        return version;
    }

    ConsoleFile page() {
        return page;
    }

    /** Null for what is no file of this version. */
    @Nullable
    ConsoleFile file(String name) {
        return files.get(name);
    }

    Map<String, ConsoleFile> all() {
        return Map.copyOf(files);
    }

    /** Names the folder, and the modules that the browser shall fetch before it has read its way to them. */
    private byte[] filledIn(String html) {
        String preloads = files.keySet().stream()
                .filter(name -> name.endsWith(".js"))
                .filter(ConsoleFiles::isWantedAtOnce)
                .sorted()
                .map(name -> "<link rel=\"modulepreload\" href=\"{folder}" + name + "\">")
                .collect(Collectors.joining("\n    "));
        return html.replace("<!-- preloads -->", preloads)
                .replace("{folder}", FOLDER + version + "/")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The board is what opens; of the languages one is enough, and the page knows which. */
    private static boolean isWantedAtOnce(String name) {
        return !name.matches("(text|statistics|operation|catalog|list)/.*|lib/(uplot|marked)\\.js");
    }

    private static String hash(SortedMap<String, byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            contents.forEach((name, content) -> {
                digest.update((name + '\n' + content.length + '\n').getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(byte @Nullable [] content) {
        if (content == null) {
            throw new IllegalStateException("The page has no " + PAGE);
        }
        return new String(content, StandardCharsets.UTF_8);
    }
}
