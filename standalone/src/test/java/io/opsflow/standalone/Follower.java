package io.opsflow.standalone;

import io.opsflow.api.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A reader of server-sent events who goes on behind the last id that he has read, whenever the stream ends. */
final class Follower implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long AFTER_AN_END = Duration.ofMillis(100).toNanos();

    /** @param id the event's place in the store */
    record Event(long id, JsonNode cloudEvent) {}

    private final ApiClient client;
    private final List<Event> events = new ArrayList<>();
    private final AtomicInteger signsOfLife = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final Thread thread;
    private volatile String position;
    private volatile boolean stopped;
    private volatile @Nullable InputStream open;

    /** @param from an id, {@code beginning}, or empty for from now on */
    Follower(ApiClient client, String from) {
        this.client = client;
        this.position = from;
        this.thread = Thread.ofVirtual().start(this::follow);
    }

    List<Event> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** Ids without an event. */
    int signsOfLife() {
        return signsOfLife.get();
    }

    /** How many streams have begun. */
    int streams() {
        return streams.get();
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        InputStream stream = open;
        if (stream != null) {
            stream.close();
        }
        thread.interrupt();
    }

    private void follow() {
        while (!stopped) {
            try {
                readStream();
            } catch (IOException e) {
                LockSupport.parkNanos(AFTER_AN_END); // it broke, or nobody is there; as at its end
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void readStream() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(client.uri("/opsflow/v1/task/subscribe?from=" + position))
                .header("Authorization", "Bearer " + client.token());
        if (position.isEmpty()) {
            request.uri(client.uri("/opsflow/v1/task/subscribe"));
        }
        HttpResponse<InputStream> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream stream = answer.body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            open = stream;
            if (answer.statusCode() == 200) {
                streams.incrementAndGet();
                read(lines);
            }
            LockSupport.parkNanos(AFTER_AN_END);
        }
    }

    /** An id stands before its data; one without data is followed by an empty line as well. */
    private void read(BufferedReader lines) throws IOException {
        String id = "";
        JsonNode event = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                event = Json.mapper().readTree(line.substring("data: ".length()));
            } else if (line.isEmpty()) {
                position = id;
                if (event == null) {
                    signsOfLife.incrementAndGet();
                } else {
                    synchronized (events) {
                        events.add(new Event(Long.parseLong(id), event));
                    }
                    event = null;
                }
            }
        }
    }
}
