package io.opsflow.bench.readmodel;

import io.opsflow.api.event.DomainEvent;
import io.opsflow.api.event.EventRecord;
import io.opsflow.api.event.EventType;
import io.opsflow.api.event.EventTypes;
import io.opsflow.api.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Events of many tasks in the order of the store, the same ones in every run of the same size: a task a step is created,
 * and between creations others change that were created before, most of them not long ago and some long ago.
 *
 * @param events a multiple of 32
 */
record History(int events) {

    /** Of a task, with its creation. */
    private static final int EVENTS_OF_A_TASK = 4;

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration PERIOD = Duration.ofDays(180);
    private static final int SEED = 6;

    /** @throws IllegalArgumentException for fewer than 32 */
    static History ofAtMost(int events) {
        return new History(events / Life.EVENTS_OF_EIGHT * Life.EVENTS_OF_EIGHT);
    }

    History {
        if (events < Life.EVENTS_OF_EIGHT || events % Life.EVENTS_OF_EIGHT != 0) {
            throw new IllegalArgumentException("not a history of whole lives: %d events".formatted(events));
        }
    }

    int tasks() {
        return events / EVENTS_OF_A_TASK;
    }

    /** Tells all of them, one by one. */
    void tell(Consumer<EventRecord> listener) {
        new Telling(listener).all();
    }

    private record Due(int step, Life life) {}

    private final class Telling {

        private final Consumer<EventRecord> listener;
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final Queue<Due> changes = new PriorityQueue<>(Comparator.comparingInt(Due::step));
        private final byte[] hash = new byte[32];
        private long globalIndex;

        Telling(Consumer<EventRecord> listener) {
            this.listener = listener;
        }

        void all() {
            for (int step = 0; step < tasks() || !changes.isEmpty(); step++) {
                if (step < tasks()) {
                    happen(step, new Life(step, random));
                }
                for (Due due = changes.peek(); due != null && due.step() <= step; due = changes.peek()) {
                    changes.remove();
                    happen(step, due.life());
                }
            }
        }

        private void happen(int step, Life life) {
            List<DomainEvent> request = life.next(now());
            String requestId = uuid();
            String actor = life.person();
            for (DomainEvent event : request) {
                listener.accept(record(life, event, requestId, actor, event == request.getLast()));
            }
            if (!life.isOver()) {
                changes.add(new Due(step + gap(), life));
            }
        }

        private Instant now() {
            return START.plusMillis(PERIOD.toMillis() * globalIndex / events);
        }

        private int gap() {
            boolean isSoon = random.nextInt(5) > 0;
            return 1 + random.nextInt(Math.max(1, tasks() / (isSoon ? 100 : 10)));
        }

        private EventRecord record(Life life, DomainEvent event, String requestId, String actor, boolean last) {
            EventType type = EventTypes.of(event.getClass());
            random.nextBytes(hash);
            return new EventRecord(
                    uuid(),
                    type.name(),
                    type.revision(),
                    event.aggregateId(),
                    life.nextSequence(),
                    ++globalIndex,
                    event.at(),
                    Life.DOMAIN,
                    life.workspaceId(),
                    life.projectId(),
                    actor,
                    "USER",
                    requestId,
                    requestId,
                    last,
                    "",
                    HexFormat.of().formatHex(hash),
                    Json.write(event));
        }

        private String uuid() {
            return new UUID(random.nextLong(), random.nextLong()).toString();
        }
    }
}
