package io.opsflow.bench.commands;

import io.opsflow.bench.server.Callers;
import io.opsflow.bench.server.Deployment;
import io.opsflow.bench.server.HttpConnection;
import io.opsflow.bench.server.ServerProcess;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The command side's own jar as a process, asked by HTTP on connections that stay, with a token a caller. */
final class OverHttp implements Way {

    private static final String CREATE = """
            {"name": "%s", "status_id": "%s", "project_id": "%s", "task_type_id": "%s", "priority": "HIGH", \
            "description": "%s", "assignee": "%s", "data": %s}""".formatted(
                    Sample.NAME,
                    Sample.TODO,
                    Sample.PROJECT,
                    Sample.TASK_TYPE,
                    Sample.DESCRIPTION,
                    Sample.ASSIGNEE,
                    Sample.DATA);

    private static final String CHANGE = """
            {"task_id": "%s", "status_id": "%s"}""";

    private final Callers callers;
    private final ServerProcess server;
    private final Followers followers;
    private final AnsweredWrites listener;

    OverHttp(Deployment deployment, String database, String topic, AnsweredWrites listener) throws IOException {
        callers = deployment.callers();
        server = deployment.commandSide(database, topic);
        followers = new Followers(deployment.databases(), database);
        this.listener = listener;
    }

    ServerProcess server() {
        return server;
    }

    @Override
    public Worker worker(int number) throws IOException {
        String token = callers.owner(Sample.DOMAIN, Sample.WORKSPACE, Sample.user(number));
        return new Client(new HttpConnection(server.port(), token), listener);
    }

    private static final class Client implements Worker {

        private static final String TASK_ID = "\"task_id\":\"";
        private static final int ID_LENGTH = Sample.newTaskId().length();

        private final HttpConnection connection;
        private final AnsweredWrites listener;
        private @Nullable String created;
        private int turn;

        Client(HttpConnection connection, AnsweredWrites listener) {
            this.connection = connection;
            this.listener = listener;
        }

        @Override
        public void next() throws IOException {
            if (created == null) {
                HttpConnection.Answer answer = connection.post("/opsflow/v1/task/create", CREATE);
                long now = System.nanoTime();
                int id = answer.body().indexOf(TASK_ID) + TASK_ID.length();
                created = answer.body().substring(id, id + ID_LENGTH);
                listener.answered(created, answer.version(), now);
            } else {
                HttpConnection.Answer answer = connection.post(
                        "/opsflow/v1/task/change_status", CHANGE.formatted(created, Sample.next(turn++)));
                listener.answered(created, answer.version(), System.nanoTime());
                created = null;
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    @Override
    public void settle() throws SQLException, InterruptedException {
        followers.awaitHead();
    }

    @Override
    public void close() {
        server.close();
    }
}
