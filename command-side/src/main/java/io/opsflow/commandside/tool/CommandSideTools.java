package io.opsflow.commandside.tool;

import io.opsflow.commandside.eventstore.database.EventStoreSettings;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.web.setting.WrongSetting;
import io.opsflow.web.tool.ToolSet;
import io.opsflow.web.tool.ToolSettings;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.springframework.dao.DataAccessException;

/** The tools there are on this side, and the settings they read. */
public final class CommandSideTools {

    public static final ToolSet ALL = new ToolSet(
            Map.of(
                    "verify",
                    new Verify(),
                    "republish",
                    new Republish(),
                    "lost",
                    new Lost(),
                    "reconcile",
                    new Reconcile()),
            """
              verify [--head INDEX:HASH]           checks the event store's hash chain, an earlier head and the topic
              republish [--topic NAME] [--from N] [--anew]
                                                   publishes the events from N (1) to the head into a topic that is new or was lost;
                                                   --anew deletes one that has lost a part, and makes it anew
              lost [--out FILE]                    lists what is on the topic and not in the event store
              reconcile --trust topic|store        says which to trust where the topic is ahead of the event store
            """,
            CommandSideTools::explanation);

    /** PostgreSQL's code for: no such relation. */
    private static final String UNDEFINED_TABLE = "42P01";

    private CommandSideTools() {}

    /** @throws WrongSetting for one that is wrong */
    static EventStoreSettings eventStore(ToolSettings settings) {
        return settings.bind("opsflow.event-store", EventStoreSettings.class);
    }

    /** @throws WrongSetting where no broker is named */
    static RelaySettings relay(ToolSettings settings) {
        return settings.bind("opsflow.kafka", RelaySettings.class);
    }

    /** Empty where no broker is named. */
    static Optional<RelaySettings> relayIfAny(ToolSettings settings) {
        return settings.has("opsflow.kafka.bootstrap") ? Optional.of(relay(settings)) : Optional.empty();
    }

    private static Optional<String> explanation(Exception failure) {
        Throwable cause = failure instanceof DataAccessException e ? e.getMostSpecificCause() : failure;
        return switch (cause) {
            case SQLException e -> Optional.of(ofTheDatabase(e));
            case KafkaException e ->
                Optional.of("The broker at OPSFLOW_KAFKA_BOOTSTRAP did not do it: " + ToolSet.firstLine(e));
            default -> Optional.empty();
        };
    }

    private static String ofTheDatabase(SQLException failure) {
        return UNDEFINED_TABLE.equals(failure.getSQLState())
                ? "There is no event store in that database yet."
                : "The event store at OPSFLOW_EVENT_STORE_URL did not answer: " + ToolSet.firstLine(failure);
    }
}
