package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * The service as it might be next: task.created has one member more. It is made of today's source and jars as style.md's
 * rule 6 has it done, boxed and with its default in the compact constructor.
 */
final class NextVersion {

    /** The member that is new, and what this version writes there. */
    static final String MEMBER = "channel";

    static final String VALUE = "api";

    private static final Path SOURCES = Path.of("../shared-api/src/main/java");
    private static final String RECORD = "io/opsflow/api/task/TaskCreated";
    private static final Pattern DECLARATION =
            Pattern.compile("record TaskCreated\\((.*)\\)\\s+implements TaskEvent \\{}", Pattern.DOTALL);
    private static final Pattern CONTRACT = Pattern.compile("BOOT-INF/lib/shared-api-.*\\.jar");

    private static final String WITH_THE_MEMBER = """
            record TaskCreated(%1$s, @Nullable String channel) implements TaskEvent {
                public TaskCreated {
                    channel = channel == null ? "before there were channels" : channel;
                }
                public TaskCreated(%1$s) {
                    this(%2$s, "%3$s");
                }
            }
            """;

    private final Path directory;
    private final byte[] changed;

    /** @param directory gets the jars */
    NextVersion(Path directory) throws IOException {
        this.directory = directory;
        this.changed = compile(directory);
    }

    /** The next version of a module's jar. */
    Path jar(String module) throws IOException {
        Path next = directory.resolve(module + "-next.jar");
        int contracts = 0;
        try (ZipInputStream from = new ZipInputStream(Files.newInputStream(JarProcess.jar(module)));
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(next))) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                byte[] content = from.readAllBytes();
                if (CONTRACT.matcher(entry.getName()).matches()) {
                    content = withTheRecord(content);
                    contracts++;
                }
                copy(entry, content, to);
            }
        }
        assertThat(contracts).as("the contract in " + module).isEqualTo(1);
        return next;
    }

    private byte[] withTheRecord(byte[] contract) throws IOException {
        ByteArrayOutputStream next = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(contract));
                ZipOutputStream to = new ZipOutputStream(next)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                byte[] content = from.readAllBytes();
                copy(entry, entry.getName().equals(RECORD + ".class") ? changed : content, to);
            }
        }
        return next.toByteArray();
    }

    /** Jars within a jar have to be stored as they are: the loader reads them in place. */
    private static void copy(ZipEntry entry, byte[] content, ZipOutputStream to) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        if (entry.getMethod() == ZipEntry.STORED) {
            CRC32 sum = new CRC32();
            sum.update(content);
            copy.setMethod(ZipEntry.STORED);
            copy.setSize(content.length);
            copy.setCrc(sum.getValue());
        }
        to.putNextEntry(copy);
        to.write(content);
        to.closeEntry();
    }

    private static byte[] compile(Path directory) throws IOException {
        Path source = directory.resolve("TaskCreated.java");
        Files.writeString(source, source());
        int result = ToolProvider.getSystemJavaCompiler()
                .run(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        System.err,
                        "-d",
                        directory.toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        "-parameters",
                        "--release",
                        "21",
                        source.toString());
        assertThat(result).as("the compiler's result").isZero();
        return Files.readAllBytes(directory.resolve(RECORD + ".class"));
    }

    private static String source() throws IOException {
        String today = Files.readString(SOURCES.resolve(RECORD + ".java"));
        Matcher declaration = DECLARATION.matcher(today);
        assertThat(declaration.find()).isTrue();
        String components = declaration.group(1);
        String names = Arrays.stream(components.split(","))
                .map(component -> List.of(component.strip().split(" ")).getLast())
                .collect(Collectors.joining(", "));
        return declaration.replaceFirst(Matcher.quoteReplacement(WITH_THE_MEMBER.formatted(components, names, VALUE)));
    }
}
