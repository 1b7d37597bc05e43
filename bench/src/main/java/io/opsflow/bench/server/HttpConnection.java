package io.opsflow.bench.server;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 on one connection that stays while the server lets it, one request after the other, and no more than that:
 * client, server and database share the processors, and what the client costs is missing to the others.
 */
public final class HttpConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final long LONGEST_IDLE = Duration.ofSeconds(30).toNanos();
    private static final String LENGTH = "content-length:";
    private static final String ETAG = "etag:";
    private static final String VERSION = "HTTP/1.1 ";
    private static final int OK = 200;
    private static final String CHUNKED = "transfer-encoding: chunked";
    private static final String CLOSE = "connection: close";

    private final int port;
    private final String headers;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private long usedAt;
    private boolean closes;

    public HttpConnection(int port, String token) throws IOException {
        this.port = port;
        connect();
        headers =
                " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: "
                        .formatted(port, token);
    }

    private void connect() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        usedAt = System.nanoTime();
        closes = false;
    }

    /** @param etag as it came; null where there was none */
    public record Answer(int status, @Nullable String etag, String body) {

        /**
         * The version of the task that this is about.
         *
         * @throws IllegalStateException if it is about none
         */
        public long version() {
            if (etag == null) {
                throw new IllegalStateException("an answer without ETag: " + body);
            }
            return Long.parseLong(etag, 1, etag.length() - 1, 10);
        }
    }

    /**
     * An answer that is 200.
     *
     * @param body in ASCII
     * @throws IOException for any other
     */
    public Answer post(String path, String body) throws IOException {
        return demand(path, ask("POST", path, body, ""));
    }

    /** As {@link #post}. */
    public Answer get(String path) throws IOException {
        return demand(path, ask("GET", path, "", ""));
    }

    /**
     * As {@link #post}, whatever the status.
     *
     * @param consistentWith what the answer has to include, as {@code id@version}
     */
    public Answer tryPost(String path, String body, String consistentWith) throws IOException {
        return ask("POST", path, body, "\r\nOpsflow-Consistent-With: " + consistentWith);
    }

    private static Answer demand(String path, Answer answer) throws IOException {
        if (answer.status() != OK) {
            throw new IOException("%s: %d %s".formatted(path, answer.status(), answer.body()));
        }
        return answer;
    }

    private Answer ask(String method, String path, String body, String more) throws IOException {
        if (closes || System.nanoTime() - usedAt > LONGEST_IDLE) {
            // The server has closed it, as behind an answer of 503; or it may be about to, and who has sent a write by
            // then knows not whether it is done.
            socket.close();
            connect();
        }
        // In ASCII, so the text's length is that of its bytes.
        out.write((method + " " + path + headers + body.length() + more + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
        String status = line();
        @Nullable String etag = null;
        int length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith(LENGTH)) {
                length = Integer.parseInt(lower.substring(LENGTH.length()).strip());
            } else if (lower.equals(CHUNKED)) {
                chunked = true;
            } else if (lower.equals(CLOSE)) {
                closes = true;
            } else if (lower.startsWith(ETAG)) {
                etag = header.substring(ETAG.length()).strip();
            }
        }
        Answer answer = new Answer(status(status), etag, chunked ? chunks() : text(length));
        usedAt = System.nanoTime();
        return answer;
    }

    private static int status(String line) throws IOException {
        if (!line.startsWith(VERSION)) {
            throw new IOException("not an answer: " + line);
        }
        return Integer.parseInt(line, VERSION.length(), VERSION.length() + 3, 10);
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.append(text(size));
            line();
        }
        line();
        return body.toString();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String text(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server has closed the connection");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
