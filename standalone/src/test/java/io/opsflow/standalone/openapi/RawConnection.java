package io.opsflow.standalone.openapi;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A kept-alive HTTP/1.1 connection that sends whatever it is given: no client library would send most of it. */
final class RawConnection implements Closeable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private boolean open = true;

    RawConnection(URI address) throws IOException {
        socket = new Socket(address.getHost(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Whether the server lets it serve on. */
    boolean isOpen() {
        return open;
    }

    /**
     * Of a stream of events only the head is read, and the connection is not used again.
     *
     * @throws IOException where no whole answer came within half a minute: the connection was lost
     */
    Answered send(FuzzRequest request) throws IOException {
        IOException whileSending = null;
        try {
            socket.getOutputStream().write(request.bytes());
        } catch (IOException e) {
            whileSending = e; // the server may have answered before the end and hung up, as HTTP allows
        }
        try {
            return read(request);
        } catch (IOException e) {
            if (whileSending != null) {
                e.addSuppressed(whileSending);
            }
            throw e;
        }
    }

    private Answered read(FuzzRequest request) throws IOException {
        int status;
        Map<String, String> headers;
        do {
            String line = line();
            if (!line.matches("HTTP/1\\.1 \\d{3}.*")) {
                throw new IOException("not HTTP: " + line);
            }
            status = Integer.parseInt(line.substring(9, 12));
            headers = headers();
        } while (status == 100);
        open = !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
        boolean isStream = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        open &= !isStream;
        byte[] body = isStream || request.method().equals("HEAD") || status == 204 || status == 304
                ? new byte[0]
                : body(headers);
        return new Answered(
                request.method(), request.path(), status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (length != null) {
            return exactly(Integer.parseInt(length));
        }
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            open = false;
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(exactly(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the body ends after %d of %d bytes".formatted(bytes.length, length));
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ends where an answer should be");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
