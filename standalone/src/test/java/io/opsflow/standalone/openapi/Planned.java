package io.opsflow.standalone.openapi;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A request that every run sends: an example with one change at one of its places.
 *
 * @param slot which of its places, in the order of {@link Slot#of}
 */
record Planned(Operation operation, JsonNode example, int slot, Change change) {

    /** Each change at each place of each example that succeeds. */
    static List<Planned> all(ApiDocument document) {
        List<Planned> all = new ArrayList<>();
        for (Operation operation : document.operations()) {
            for (JsonNode example : operation.goodRequests()) {
                List<Slot> slots = Slot.of(document, operation.requestSchema(), example);
                for (int i = 0; i < slots.size(); i++) {
                    Slot slot = slots.get(i);
                    for (Change change : Change.of(slot, document.resolved(slot.schema()))) {
                        all.add(new Planned(operation, example, i, change));
                    }
                }
            }
        }
        return all;
    }
}
