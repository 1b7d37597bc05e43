package io.opsflow.commandside.tool;

import io.opsflow.api.event.CloudEventJson;
import io.opsflow.api.event.EventRecord;
import io.opsflow.commandside.eventstore.StoreSnapshot;
import io.opsflow.commandside.relay.RelaySettings;
import io.opsflow.commandside.relay.Topic;
import io.opsflow.commandside.relay.TopicEvents;
import io.opsflow.web.tool.NewFile;
import io.opsflow.web.tool.Options;
import io.opsflow.web.tool.Tool;
import io.opsflow.web.tool.ToolFailure;
import io.opsflow.web.tool.ToolSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Lists what is on the topic and not in the event store, as CloudEvents in structured mode, a line of JSON each. Exit code
 * 1 where there is anything.
 */
final class Lost implements Tool {

    private static final int NOTHING = 0;
    private static final int SOMETHING = 1;

    @Override
    public List<String> options() {
        return List.of("out");
    }

    @Override
    public int run(Options options, ToolSettings settings, PrintStream out)
            throws SQLException, IOException, InterruptedException {
        Optional<String> file = options.get("out");
        RelaySettings relay = CommandSideTools.relay(settings);
        if (Topic.id(relay).isEmpty()) {
            throw new ToolFailure("There is no topic %s to look at.".formatted(relay.topic()));
        }
        try (TopicEvents topic = TopicEvents.open(relay);
                StoreSnapshot store = StoreSnapshot.open(CommandSideTools.eventStore(settings))) {
            if (file.isEmpty()) {
                return list(topic, store, out).events == 0 ? NOTHING : SOMETHING;
            }
            try (PrintStream created = NewFile.create(file.get())) {
                Summary summary = list(topic, store, created);
                out.println(summary.line() + ", written to " + file.get());
                return summary.events == 0 ? NOTHING : SOMETHING;
            }
        }
    }

    private static Summary list(TopicEvents topic, StoreSnapshot store, PrintStream out)
            throws SQLException, IOException {
        // Whatever the locale of the terminal.
        PrintStream lines = new PrintStream(out, false, StandardCharsets.UTF_8);
        Summary summary = new Summary();
        Surplus.tell(topic, store, event -> {
            lines.print(CloudEventJson.write(event) + "\n");
            summary.add(event);
        });
        if (lines.checkError()) {
            throw new IOException("the output was closed");
        }
        return summary;
    }

    private static final class Summary {

        private final TreeSet<String> aggregates = new TreeSet<>();
        private long events;
        private Instant first = Instant.MAX;
        private Instant last = Instant.MIN;

        void add(EventRecord event) {
            events++;
            aggregates.add(event.aggregateId());
            first = event.occurredAt().isBefore(first) ? event.occurredAt() : first;
            last = event.occurredAt().isAfter(last) ? event.occurredAt() : last;
        }

        String line() {
            return events == 0
                    ? "the event store has everything that is on the topic"
                    : "%d events of %d tasks, categories and types, from %s to %s, are on the topic and not in the event store"
                            .formatted(events, aggregates.size(), first, last);
        }
    }
}
