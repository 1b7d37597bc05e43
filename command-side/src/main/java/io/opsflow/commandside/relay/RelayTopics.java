package io.opsflow.commandside.relay;

import java.util.Optional;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcOperations;

/** Which topic the relay writes to under each name, as the store knows it. */
public final class RelayTopics {

    /**
     * @param id Kafka's own id of it
     * @param firstIndex the event it begins with
     * @param givenUp whether it holds events that the store does not have, and the store was trusted
     */
    public record Known(String id, long firstIndex, boolean givenUp) {}

    private static final String FIND = "select topic_id, first_index, given_up from relay_topic where topic = ?";

    // Two processes that start at the same time have found the same topic.
    private static final String ADOPT = """
            insert into relay_topic (topic, topic_id) values (?, ?) on conflict do nothing
            """;

    private static final String BEGIN = """
            insert into relay_topic (topic, topic_id, first_index) values (?, ?, ?)
                on conflict (topic) do update
               set topic_id = excluded.topic_id, first_index = excluded.first_index, given_up = false
            """;

    private static final String GIVE_UP = """
            insert into relay_topic (topic, topic_id, given_up) values (?, ?, true)
                on conflict (topic) do update set topic_id = excluded.topic_id, given_up = true
            """;

    private final JdbcOperations database;

    public RelayTopics(JdbcOperations database) {
        this.database = database;
    }

    public Optional<Known> find(String topic) {
        return Optional.ofNullable(DataAccessUtils.singleResult(database.query(
                FIND, (row, number) -> new Known(row.getString(1), row.getLong(2), row.getBoolean(3)), topic)));
    }

    /** Takes the one that is there for the relay's, where it has none. */
    void adopt(String topic, String id) {
        database.update(ADOPT, topic, id);
    }

    /** From here on this one is meant by the name. */
    public void begin(String topic, String id, long firstIndex) {
        database.update(BEGIN, topic, id, firstIndex);
    }

    /** Nothing is sent to this one any more, and what it holds speaks against nobody. */
    public void giveUp(String topic, String id) {
        database.update(GIVE_UP, topic, id);
    }
}
