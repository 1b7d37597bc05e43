package io.opsflow.bench.commands;

import io.opsflow.bench.server.Databases;
import io.opsflow.embedded.EmbeddedBroker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Who reads a store's events behind the commands: the relay and the others whose positions the store remembers. */
record Followers(Databases databases, String database) {

    private static final String BEHIND = """
            select (select coalesce(max(global_index), 0) from event_store.domain_event)
                 - coalesce(min(coalesce((convert_from(token, 'UTF8')::json ->> 'globalIndex')::bigint, 0)), 0)
              from event_store.token_entry
            """;

    private static final String SKIP = """
            update event_store.token_entry
               set token = convert_to(regexp_replace(
                       convert_from(token, 'UTF8'), '("globalIndex" *: *)\\d+',
                       '\\1' || (select max(global_index) from event_store.domain_event)), 'UTF8')
            """;

    private static final String TOPIC_BEGINS_AT_HEAD = """
            update event_store.relay_topic
               set first_index = (select max(global_index) + 1 from event_store.domain_event)
            """;

    private static final String RENAME_TOPIC = "update event_store.relay_topic set topic = ?, topic_id = ?";

    private static final String RENAME_RELAY = """
            update event_store.token_entry set processor_name = 'relay:' || ? where processor_name like 'relay:%'
            """;

    private static final int PARTITIONS = 12;

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * Waits until they have read everything.
     *
     * @throws IllegalStateException if it takes too long
     */
    void awaitHead() throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement()) {
            while (behind(statement) > 0) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the readers of %s do not catch up".formatted(database));
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    /** Has them begin behind all that the store holds, which the topic will never tell. Nobody may be reading. */
    void skipToHead() throws SQLException {
        try (Connection connection = databases.connect(database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(SKIP);
            statement.executeUpdate(TOPIC_BEGINS_AT_HEAD);
            if (behind(statement) != 0) {
                throw new IllegalStateException("positions are not kept as they used to be");
            }
        }
    }

    /**
     * Has the relay of this copy of a store write to a topic of its own, which is made: what two stores tell on one topic
     * contradicts itself, and the service would rightly refuse to go on. The store's past is not on it.
     */
    void useOwnTopic(EmbeddedBroker broker, String topic)
            throws SQLException, InterruptedException, ExecutionException {
        String id;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            id = admin.createTopics(
                            List.of(new NewTopic(topic, PARTITIONS, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .topicId(topic)
                    .get()
                    .toString();
        }
        try (Connection connection = databases.connect(database);
                PreparedStatement renameTopic = connection.prepareStatement(RENAME_TOPIC);
                PreparedStatement renameRelay = connection.prepareStatement(RENAME_RELAY)) {
            renameTopic.setString(1, topic);
            renameTopic.setString(2, id);
            renameTopic.executeUpdate();
            renameRelay.setString(1, topic);
            renameRelay.executeUpdate();
        }
        skipToHead();
    }

    private static long behind(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(BEHIND)) {
            row.next();
            return row.getLong(1);
        }
    }
}
