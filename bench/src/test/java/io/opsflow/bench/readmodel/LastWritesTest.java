package io.opsflow.bench.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A figure that counted until something else could be read would be worth nothing. */
class LastWritesTest {

    private final List<String> awaited = new CopyOnWriteArrayList<>();
    private int late;
    private String version = "7";
    private HttpServer querySide;
    private Reader reader;

    /** A query side that is behind for some answers. */
    @BeforeEach
    void start() throws IOException {
        querySide = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        querySide.createContext("/opsflow/v1/task/get", exchange -> {
            exchange.getRequestBody().readAllBytes();
            awaited.add(exchange.getRequestHeaders().getFirst("Opsflow-Consistent-With"));
            exchange.getResponseHeaders().add("ETag", "\"" + version + "\"");
            byte[] body = "{}".getBytes();
            exchange.sendResponseHeaders(late-- > 0 ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        querySide.start();
        reader = new Reader(querySide.getAddress().getPort(), "a token");
    }

    @AfterEach
    void stop() {
        querySide.stop(0);
    }

    @Test
    void aReadIsRepeatedUntilTheWriteIsThere() throws Exception {
        late = 2;
        assertThat(reader.await("task-1", 7)).isEqualTo(3);
        assertThat(awaited).containsExactly("task-1@7", "task-1@7", "task-1@7");
    }

    @Test
    void anAnswerThatIsOlderThanTheWriteEndsIt() {
        version = "6";
        assertThatThrownBy(() -> reader.await("task-1", 7))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("task-1@7");
    }

    @Test
    void theLastWriteOfEachCallerIsAwaited() throws Exception {
        LastWrites writes = new LastWrites();
        writes.answered("task-1", 0, System.nanoTime());
        writes.answered("task-1", 1, System.nanoTime());
        Thread another = Thread.ofPlatform().start(() -> writes.answered("task-2", 3, System.nanoTime()));
        another.join();

        writes.await(reader);

        assertThat(awaited).containsExactlyInAnyOrder("task-1@1", "task-2@3");
    }
}
