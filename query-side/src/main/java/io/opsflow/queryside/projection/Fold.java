package io.opsflow.queryside.projection;

import io.opsflow.api.event.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Folds the events of one aggregate onto its row, request by request. From the first that does not fit, all are refused. */
final class Fold<D extends Delivery> {

    private static final String PARKED_BEFORE = "an earlier event of the same aggregate is parked";

    private final String aggregateId;
    private final Map<String, Rows<?, ?>> rows;
    private final List<Refused<D>> refused;
    private boolean parked;

    Fold(String aggregateId, Map<String, Rows<?, ?>> rows, boolean parked, List<Refused<D>> refused) {
        this.aggregateId = aggregateId;
        this.rows = rows;
        this.parked = parked;
        this.refused = refused;
    }

    void fold(List<D> events) {
        List<D> request = new ArrayList<>();
        for (D event : events) {
            if (isNew(event)) {
                request.add(event);
            }
            if (event.endsRequest()) {
                foldRequest(request);
                request.clear();
            }
        }
        foldRequest(request);
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
                records.add(readable(delivery));
            }
            rowsOf(records.getFirst()).apply(aggregateId, records);
        } catch (UnappliableException e) {
            parked = true;
            refuse(request, String.valueOf(e.getMessage()));
        }
    }

    private void refuse(List<D> request, String reason) {
        request.forEach(delivery -> refused.add(new Refused<>(delivery, reason)));
    }

    private boolean isNew(D delivery) {
        EventRecord event = delivery.event();
        Rows<?, ?> known = event == null ? null : rows.get(event.aggregateType());
        return event == null || known == null || event.sequence() > known.version(aggregateId);
    }

    private Rows<?, ?> rowsOf(EventRecord record) throws UnappliableException {
        Rows<?, ?> known = rows.get(record.aggregateType());
        if (known == null) {
            throw new UnappliableException("this version knows no aggregate " + record.aggregateType());
        }
        return known;
    }

    private static EventRecord readable(Delivery delivery) throws UnappliableException {
        EventRecord event = delivery.event();
        if (event == null) {
            throw new UnappliableException(delivery.problem());
        }
        return event;
    }
}
