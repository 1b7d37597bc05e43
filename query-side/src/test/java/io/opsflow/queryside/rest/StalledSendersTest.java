package io.opsflow.queryside.rest;

import static io.opsflow.queryside.fixture.QuerySideServer.OTHER_DOMAIN;
import static io.opsflow.queryside.fixture.QuerySideServer.owner;
import static io.opsflow.queryside.fixture.QuerySideServer.token;
import static io.opsflow.queryside.fixture.TaskEvents.WORKSPACE;
import static io.opsflow.queryside.fixture.TaskEvents.id;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.queryside.fixture.QuerySideServer;
import io.opsflow.queryside.fixture.QuerySideServer.Answer;
import io.opsflow.web.Answers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that ask in many words, and keep the last one to themselves, or ask for what is not there yet. */
class StalledSendersTest {

    /** A megabyte, whose tree is forty times as large. */
    private static final String LONG = "{\"query\": {\"filter\": ["
            + IntStream.range(0, 26)
                    .mapToObj(i -> "{\"k\": \"data.n\", \"o\": \"in\", \"v\": [" + "0.5,".repeat(9_899) + "0.5]}")
                    .collect(joining(","))
            + "]}}";

    /** As long, and refused as soon as it has been read. */
    private static final String WRONG = LONG.replace("query", "wrong");

    private static final int MOST = 300;

    @Test
    void takeNoMoreMemoryThanIsTheirsAndGiveItBackWhenTheyGo() throws IOException {
        try (QuerySideServer server = QuerySideServer.start();
                StalledSenders stalled = new StalledSenders(server)) {
            Answer last = server.post(owner(), "task/list", WRONG);
            while (last.status() == 400) {
                assertThat(stalled.number()).isLessThan(MOST);
                stalled.add();
                last = server.post(owner(), "task/list", WRONG);
            }
            assertHasNoRoom(last);
            assertThat(server.post(owner(), "task/list", "{}").status()).isEqualTo(200);
            assertThat(isRead(server, stranger())).isTrue();

            stalled.leave();
            await().atMost(Duration.ofSeconds(30)).until(() -> isRead(server, owner()));
        }
    }

    @Test
    void whatWaitsKeepsItsRoom() {
        try (QuerySideServer server = QuerySideServer.start("opsflow.consistency.limit=60s")) {
            List<CompletableFuture<Answer>> waiting = new ArrayList<>();
            CompletableFuture<Answer> last = waitingOrRefused(server);
            while (!last.isDone()) {
                waiting.add(last);
                assertThat(waiting).hasSizeLessThan(MOST);
                last = waitingOrRefused(server);
            }
            assertHasNoRoom(last.join());
            assertThat(waiting).isNotEmpty();
            assertThat(isRead(server, stranger())).isTrue();
        }
    }

    private static CompletableFuture<Answer> waitingOrRefused(QuerySideServer server) {
        double before = waiting(server);
        CompletableFuture<Answer> answer =
                server.postAsync(owner(), "task/list", LONG, Answers.CONSISTENT_WITH, id(1) + "@1");
        await().atMost(Duration.ofSeconds(30)).until(() -> answer.isDone() || waiting(server) > before);
        return answer;
    }

    private static double waiting(QuerySideServer server) {
        return server.bean(MeterRegistry.class)
                .get("opsflow.consistency.waiting")
                .gauge()
                .value();
    }

    private static boolean isRead(QuerySideServer server, String token) {
        return server.post(token, "task/list", WRONG).status() == 400;
    }

    private static String stranger() {
        return token(OTHER_DOMAIN, "WORKSPACE_OWNER").workspace(WORKSPACE).build();
    }

    private static void assertHasNoRoom(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.message()).isEqualTo("Too many large requests are under way; try again later, or send less.");
    }

    private record StalledSenders(QuerySideServer server, Deque<Socket> sockets) implements AutoCloseable {

        private StalledSenders(QuerySideServer server) {
            this(server, new ArrayDeque<>());
        }

        private int number() {
            return sockets.size();
        }

        /** Sends all but the last byte, on a connection of its own. */
        private void add() throws IOException {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            sockets.push(socket);
            String head = "POST /opsflow/v1/task/list HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer %s\r\nContent-Length: %d\r\n\r\n";
            String request = head.formatted(owner(), LONG.length()) + LONG;
            socket.getOutputStream()
                    .write(request.substring(0, request.length() - 1).getBytes(StandardCharsets.UTF_8));
        }

        private void leave() throws IOException {
            while (!sockets.isEmpty()) {
                sockets.pop().close();
            }
        }

        @Override
        public void close() throws IOException {
            leave();
        }
    }
}
