package io.opsflow.commandside.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PageIteratorTest {

    /** As many events, of which as many fit into a page. */
    private static final int EVENTS = 20;

    private static final int ROOM = 4;

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void behindAPageThatWasCutFewerAreAskedFor() {
        PageIterator events = new PageIterator(this::page, 1, event -> event.globalIndex() + 1);

        assertThat(events.stream().map(AppendedEvent::globalIndex))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, EVENTS).boxed().toList());
        assertThat(asked).containsExactly(EventReader.PAGE, 2 * ROOM, 2 * ROOM, 2 * ROOM, 2 * ROOM, 2 * ROOM);
    }

    private EventReader.Page page(long from, int most) {
        asked.add(most);
        List<AppendedEvent> events = LongStream.rangeClosed(from, EVENTS)
                .limit(ROOM)
                .mapToObj(PageIteratorTest::event)
                .toList();
        return new EventReader.Page(events, events.size(), !events.isEmpty());
    }

    private static AppendedEvent event(long index) {
        EventScope scope = new EventScope("domain-1", "workspace-1", "");
        StoredEvent event = new StoredEvent(
                "task", "task-1", index, new UUID(0, index), "task.renamed", 1, Instant.EPOCH, scope, "{}", "{}");
        return new AppendedEvent(index, event, new byte[0]);
    }
}
