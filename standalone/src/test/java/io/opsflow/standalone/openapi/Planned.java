package io.opsflow.standalone.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * A request that every run sends: an example with one change at one of its places.
 *
 * @param slot which of its places, in the order of {@link Slot#of}
 */
record Planned(Operation operation, JsonNode example, int slot, Change change) {

    /**
     * Each change at each place of each example that succeeds, or of any where none does; and at each place that none of
     * them has.
     */
    static List<Planned> all(ApiDocument document) {
        List<Planned> all = new ArrayList<>();
        for (Operation operation : document.operations()) {
            if (operation.takesBody()) {
                all.addAll(of(operation));
            }
        }
        return all;
    }

    static List<Planned> of(Operation operation) {
        Skeleton skeleton = new Skeleton(operation.document());
        List<Planned> all = new ArrayList<>();
        Set<String> places = new HashSet<>();
        List<JsonNode> good = operation.goodRequests();
        for (JsonNode example : good.isEmpty() ? operation.requests().values() : good) {
            all.addAll(of(operation, example, slot -> {
                places.add(slot.place());
                return true;
            }));
        }
        for (String place : skeleton.places(operation.requestSchema())) {
            if (!places.contains(place)) {
                all.addAll(of(
                        operation, skeleton.with(operation.requestSchema(), place), slot -> places.add(slot.place())));
            }
        }
        return all;
    }

    private static List<Planned> of(Operation operation, JsonNode example, Predicate<Slot> wanted) {
        ApiDocument document = operation.document();
        List<Planned> all = new ArrayList<>();
        List<Slot> slots = Slot.of(document, operation.requestSchema(), example);
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (wanted.test(slot)) {
                for (Change change : Change.of(slot, document.resolved(slot.schema()))) {
                    all.add(new Planned(operation, example, i, change));
                }
            }
        }
        return all;
    }
}
