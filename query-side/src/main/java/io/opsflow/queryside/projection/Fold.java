package io.opsflow.queryside.projection;

import io.opsflow.api.event.EventRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Folds the events of one aggregate onto its row, request by request. From the first that does not fit, all are refused. */
final class Fold<D extends Delivery> {

    private static final String PARKED_BEFORE = "an earlier event of the same aggregate is parked";

    private final String aggregateId;
    private final Map<String, ProjectedRows<?, ?>> rows;
    private final List<Refused<D>> refused;
    private final TaskSideRows sideRows;
    private boolean parked;

    Fold(
            String aggregateId,
            Map<String, ProjectedRows<?, ?>> rows,
            boolean parked,
            List<Refused<D>> refused,
            TaskSideRows sideRows) {
        this.aggregateId = aggregateId;
        this.rows = rows;
        this.parked = parked;
        this.refused = refused;
        this.sideRows = sideRows;
    }

    /**
     * In the order of their sequences, whatever order they came in. A record that cannot be read is refused alone: should
     * it have been one of these events, the next one does not fit.
     */
    void fold(List<D> events) {
        List<D> request = new ArrayList<>();
        long latest = -1;
        for (D delivery : inOrder(events)) {
            EventRecord event = delivery.event();
            if (event == null) {
                refused.add(new Refused<>(delivery, delivery.problem()));
            } else if (event.sequence() > latest) {
                latest = event.sequence();
                if (isNew(event)) {
                    request.add(delivery);
                }
                if (event.requestLast()) {
                    foldRequest(request);
                    request.clear();
                }
            }
        }
        foldRequest(request);
    }

    private static <D extends Delivery> List<D> inOrder(List<D> events) {
        return events.stream()
                .sorted(Comparator.comparingLong(delivery -> {
                    EventRecord event = delivery.event();
                    return event == null ? Long.MAX_VALUE : event.sequence();
                }))
                .toList();
    }

    private void foldRequest(List<D> request) {
        if (request.isEmpty()) {
            return;
        }
        if (parked) {
            refuse(request, PARKED_BEFORE);
            return;
        }
        try {
            List<EventRecord> records = new ArrayList<>(request.size());
            for (D delivery : request) {
                records.add(Objects.requireNonNull(delivery.event()));
            }
            rowsOf(records.getFirst()).apply(aggregateId, records, sideRows);
        } catch (UnappliableException e) {
            parked = true;
            refuse(request, String.valueOf(e.getMessage()));
        }
    }

    private void refuse(List<D> request, String reason) {
        request.forEach(delivery -> refused.add(new Refused<>(delivery, reason)));
    }

    private boolean isNew(EventRecord event) {
        ProjectedRows<?, ?> known = rows.get(event.aggregateType());
        return known == null || event.sequence() > known.version(aggregateId);
    }

    private ProjectedRows<?, ?> rowsOf(EventRecord record) throws UnappliableException {
        ProjectedRows<?, ?> known = rows.get(record.aggregateType());
        if (known == null) {
            throw new UnappliableException("this version knows no aggregate " + record.aggregateType());
        }
        return known;
    }
}
