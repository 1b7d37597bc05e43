package io.opsflow.queryside.feed;

import io.opsflow.api.event.EventRecord;
import io.opsflow.web.trace.Step;
import io.opsflow.web.trace.Traces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;

/** One transaction of the feed as the traces of its events have it: a step of each, and below it the projection's. */
final class FeedSteps {

    private final Traces traces;
    private final List<Step> steps;

    private FeedSteps(Traces traces, List<Step> steps) {
        this.traces = traces;
        this.steps = steps;
    }

    static FeedSteps begin(Traces traces, List<FeedRecord> records) {
        return traces.areOn()
                ? new FeedSteps(
                        traces,
                        records.stream()
                                .map(record -> step(traces, record, records.size()))
                                .filter(step -> step != Step.NONE)
                                .toList())
                : new FeedSteps(traces, List.of());
    }

    private static Step step(Traces traces, FeedRecord record, int all) {
        EventRecord event = record.event();
        String parent = traceparent(record);
        if (event == null || parent.isEmpty()) {
            return Step.NONE;
        }
        return traces.ofEvent(parent, event.occurredAt(), "feed", Traces.Hop.IN)
                .tag("global_index", event.globalIndex())
                .tag("partition", record.partition().partition())
                .tag("records_in_transaction", all);
    }

    /** Of the step that sent the record; empty where there is none. */
    static String traceparent(FeedRecord record) {
        Header header = record.headers().lastHeader(EventRecord.TRACEPARENT);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.US_ASCII);
    }

    <T> T project(Supplier<T> projection) {
        List<Step> projections = steps.stream()
                .map(step -> traces.below(step.traceparent(), "projection"))
                .toList();
        try {
            return projection.get();
        } finally {
            projections.forEach(Step::end);
        }
    }

    /** @param outcome applied, or failed where it will be tried again */
    void end(String outcome) {
        steps.forEach(step -> step.tag("outcome", outcome).end());
    }
}
