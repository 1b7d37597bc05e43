package io.opsflow.web.token;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An identity service. */
final class UrlKeySource implements KeySource {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final URI url;
    private final Duration patience;

    UrlKeySource(URI url) {
        this(url, PATIENCE);
    }

    /** @param patience for all of a reading, from looking up the host to the last byte */
    UrlKeySource(URI url, Duration patience) {
        if (url.getHost() == null) {
            throw new IllegalArgumentException("No host");
        }
        this.url = url;
        this.patience = patience;
    }

    @Override
    public Optional<String> readIfChanged() throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            // The time limit of a request ends with the answer's headers; its body may never come.
            return Optional.of(client.sendAsync(HttpRequest.newBuilder(url).build(), BodyHandlers.ofInputStream())
                    .thenApplyAsync(UrlKeySource::read, Thread::startVirtualThread)
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("request timed out");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            client.shutdownNow(); // it ends what was given up, for which close() would wait
        }
    }

    private static String read(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException("it answered " + response.statusCode());
            }
            return new String(body.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    /** Without what may be a secret in it. */
    @Override
    public String toString() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + url.getPath();
    }
}
