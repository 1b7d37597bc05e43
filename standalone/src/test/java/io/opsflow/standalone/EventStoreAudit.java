package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** What must be true of the store whatever happened to the servers, and of it against what the clients were told. */
final class EventStoreAudit {

    private final List<StoredEvent> events;
    private final Map<String, FoldedTask> tasks = new LinkedHashMap<>();
    private final Map<String, List<StoredEvent>> byMarker = new HashMap<>();

    EventStoreAudit(List<StoredEvent> events) {
        this.events = events;
        for (StoredEvent event : events) {
            if (event.aggregateType().equals("task")) {
                tasks.computeIfAbsent(event.aggregateId(), id -> new FoldedTask())
                        .add(event);
                Matcher marker = Burst.MARKER.matcher(event.payload());
                if (marker.find()) {
                    byMarker.computeIfAbsent(marker.group(), any -> new ArrayList<>())
                            .add(event);
                }
            }
        }
    }

    /** Every task by its id, as its events tell it. */
    Map<String, FoldedTask> tasks() {
        return tasks;
    }

    /** No holes, no doubles, no half requests, and the hash chain verifies. */
    EventStoreAudit isWhole() {
        Map<String, Long> versions = new HashMap<>();
        byte[] hash = new byte[32];
        String openRequest = "";
        long index = 0;
        for (StoredEvent event : events) {
            index++;
            hash = event.hashAfter(hash);
            assertThat(event.globalIndex()).isEqualTo(index);
            assertThat(event.sequence()).isEqualTo(versions.merge(event.aggregateId(), 0L, (last, one) -> last + 1));
            assertThat(event.hash()).as("hash of %s", event).isEqualTo(hash);
            assertThat(openRequest)
                    .as("the request that goes on with %s", event)
                    .isIn("", event.requestId());
            openRequest = event.isLastOfItsRequest() ? "" : event.requestId();
        }
        assertThat(openRequest).isEmpty();
        return this;
    }

    /** What was acknowledged is there with what was answered; what is unknown is there once or not at all. */
    void agreesWith(List<Sent> requests) {
        for (Sent request : requests) {
            List<StoredEvent> marked = byMarker.getOrDefault(request.marker(), List.of());
            if (request.isAcknowledged()) {
                StoredEvent last = marked.isEmpty() ? null : marked.getLast();
                assertThat(last).as("acknowledged: %s", request).isNotNull();
                long version = request.answer().version();
                assertThat(last.sequence()).as("version of %s", request).isEqualTo(version);
                assertThat(request.answer().body())
                        .isEqualTo(tasks.get(last.aggregateId()).at(version));
            } else {
                assertThat(request.isUnknown()).as("a refusal: %s", request).isTrue();
            }
            if (!marked.isEmpty()) {
                assertThat(marked).extracting(StoredEvent::name).isEqualTo(request.markedEvents());
                assertThat(marked)
                        .extracting(StoredEvent::requestId)
                        .containsOnly(marked.getFirst().requestId());
            }
        }
        assertThat(byMarker.keySet())
                .isSubsetOf(requests.stream().map(Sent::marker).toList());
    }
}
