package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.owner;
import static io.opsflow.queryside.fixture.TaskEvents.DOMAIN;
import static io.opsflow.queryside.fixture.TaskEvents.NOON;
import static io.opsflow.queryside.fixture.TaskEvents.WORKSPACE;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static io.opsflow.queryside.fixture.TaskEvents.taskCreated;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opsflow.api.task.TaskDescribed;
import io.opsflow.queryside.fixture.Happenings;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.QuerySideServer.Answer;
import io.opsflow.web.Answers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that ask for much, and do not read it. */
class StalledReadersTest {

    private static final String TASK = id(1);

    /** 50 million characters: a thousand times the description. */
    private static final String MUCH = "{\"query\": {\"aggregate\": [{\"unwind\": {\"path\": \"data.a\"}},"
            + " {\"project\": {\"fields\": [{\"k\": \"description\", \"n\": \"d\"}]}}]}}";

    private final Happenings happenings = new Happenings();

    @Test
    void takeNoMoreMemoryThanIsTheirsAndGiveItBackWhenTheyGo() throws IOException {
        String other = QuerySideServer.token(DOMAIN, "WORKSPACE_OWNER")
                .workspace(WORKSPACE)
                .user("lee@example.com")
                .build();
        try (QuerySideServer server = QuerySideServer.start();
                StalledReaders stalled = new StalledReaders(server)) {
            String numbers = IntStream.range(0, 1_000).mapToObj(String::valueOf).collect(joining(","));
            server.topic()
                    .send(happenings.request(
                            taskCreated(TASK, "{\"a\": [" + numbers + "]}"),
                            new TaskDescribed(TASK, "y".repeat(50_000), NOON)));
            Answer there = server.post(
                    owner(), "task/get", "{\"task_id\": \"" + TASK + "\"}", Answers.CONSISTENT_WITH, TASK + "@1");
            assertThat(there.status()).isEqualTo(200);

            while (stalled.add(owner()) == 200) {
                assertThat(stalled.number()).isLessThan(50);
            }
            stalled.leaveOne(); // which has been refused
            assertThat(stalled.number()).isPositive();
            Answer refused = server.post(owner(), "task/stat", MUCH);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.message())
                    .isEqualTo("Too many large answers are under way; try again later, or ask for less.");
            assertThat(server.post(owner(), "task/list", "{}").status()).isEqualTo(200);
            assertThat(server.post(other, "task/stat", MUCH).status()).isEqualTo(200);

            stalled.leaveOne();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.post(owner(), "task/stat", MUCH).status() == 200);
        }
    }

    private record StalledReaders(QuerySideServer server, Deque<Socket> sockets) implements AutoCloseable {

        private StalledReaders(QuerySideServer server) {
            this(server, new ArrayDeque<>());
        }

        private int number() {
            return sockets.size();
        }

        /** Asks for much on a connection of its own, and reads no more than the status. */
        private int add(String token) throws IOException {
            Socket socket = new Socket();
            sockets.push(socket);
            socket.setReceiveBufferSize(4 * 1024);
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 60_000);
            String head = "POST /opsflow/v1/task/stat HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n";
            socket.getOutputStream()
                    .write((head.formatted(token, MUCH.length()) + MUCH).getBytes(StandardCharsets.UTF_8));
            InputStreamReader in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
            return Integer.parseInt(new BufferedReader(in, 16).readLine().split(" ", 3)[1]);
        }

        /** The newest. */
        private void leaveOne() throws IOException {
            sockets.pop().close();
        }

        @Override
        public void close() throws IOException {
            while (!sockets.isEmpty()) {
                leaveOne();
            }
        }
    }
}
