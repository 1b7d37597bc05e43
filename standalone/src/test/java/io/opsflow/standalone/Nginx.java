package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.json.Json;
import io.opsflow.embedded.FreePort;
import io.opsflow.embedded.TokenBuilder;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The real nginx with the gateway's own files, on loopback and with no more rights than the tests have. Replaced is only
 * where it listens, where it keeps what is on its way, and who stands behind it.
 */
final class Nginx implements AutoCloseable {

    private static final Path FILES = Path.of("../ops/gateway");
    private static final Pattern SERVER = Pattern.compile("server ([a-z-]+):8080 resolve (.*;)");
    private static final Pattern RESOLVER = Pattern.compile("resolver .*;");

    private static final String ON_THE_WAY = """
            client_body_temp_path body;
            proxy_temp_path proxied;
            fastcgi_temp_path unused;
            uwsgi_temp_path unused;
            scgi_temp_path unused;
            """;

    private final int port = FreePort.find();
    private final JarProcess process;

    private Nginx(Path directory, Map<String, List<Integer>> ports) throws IOException {
        String main = Files.readString(FILES.resolve("nginx.conf"));
        assertThat(main).containsOnlyOnce("listen 8080;");
        Files.writeString(
                directory.resolve("nginx.conf"), main.replace("listen 8080;", "listen 127.0.0.1:%d;".formatted(port)));
        Files.writeString(directory.resolve("upstreams.conf"), ON_THE_WAY + upstreams(ports));
        process = JarProcess.start(
                List.of(
                        program().orElseThrow().toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        "nginx.conf",
                        "-e",
                        "stderr",
                        "-g",
                        "daemon off; pid nginx.pid; user %s;".formatted(System.getProperty("user.name"))),
                Map.of());
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .failFast(() -> assertThat(process.isAlive())
                        .as(() -> "nginx ended: " + process.output())
                        .isTrue())
                .until(() -> refusal("GET /nothing-is-here HTTP/1.1") == 404);
    }

    static boolean isInstalled() {
        return program().isPresent();
    }

    /** In front of processes that are there already. */
    static Nginx start(Path directory, Deployment servers) throws IOException {
        return start(directory, ports(servers.commandSides()), ports(servers.querySides()));
    }

    /** In front of whatever listens on these ports of the loopback. */
    static Nginx start(Path directory, List<Integer> commandSides, List<Integer> querySides) throws IOException {
        return new Nginx(directory, Map.of("command-side", commandSides, "query-side", querySides));
    }

    private static List<Integer> ports(List<Side> sides) {
        return sides.stream().map(Side::port).toList();
    }

    private static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A name of containers becomes the addresses of processes. */
    private static String upstreams(Map<String, List<Integer>> ports) throws IOException {
        String file = RESOLVER.matcher(Files.readString(FILES.resolve("upstreams.conf")))
                .replaceAll("");
        return SERVER.matcher(file)
                .replaceAll(server -> Matcher.quoteReplacement(ports.get(server.group(1)).stream()
                        .map(port -> "server 127.0.0.1:%d %s".formatted(port, server.group(2)))
                        .collect(Collectors.joining("\n    "))));
    }

    /**
     * What it answers by itself, in JSON and with an id.
     *
     * @param request its first lines, in whatever form
     * @return the status
     */
    int refusal(String request) throws IOException {
        String answer;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((request + "\r\nHost: opsflow\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(answer).contains("\r\nContent-Type: application/json").contains("\r\nX-Request-Id: ");
        JsonNode body = Json.mapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(body.at("/detail/code").stringValue()).startsWith("ERROR_");
        assertThat(body.at("/detail/message").stringValue()).isNotEmpty();
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    ApiClient as(TokenBuilder token) {
        return new ApiClient(address(), token.build());
    }

    @Override
    public void close() {
        process.terminate(Duration.ofSeconds(10));
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }
}
