package io.opsflow.bench.readmodel;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What admins are told of the read model.
 *
 * @param live the generation that is read; 0 where there is none yet
 * @param build null where none is under way
 */
record Told(long live, @Nullable Build build) {

    /**
     * @param perSecond events since it began; 0 before that is told
     */
    record Build(String phase, long events, long eventsTotal, double perSecond) {

        boolean isLoading() {
            return phase.equals("LOADING");
        }

        boolean hasLoaded() {
            return phase.equals("INDEXING") || phase.equals("CATCHING_UP");
        }
    }

    static Told of(JsonNode answer) {
        JsonNode build = answer.path("rebuild");
        return new Told(
                answer.path("live").path("generation").asLong(0),
                build.isObject()
                        ? new Build(
                                build.path("phase").asString(),
                                build.path("events").asLong(),
                                build.path("events_total").asLong(),
                                build.path("events_per_second").asDouble(0))
                        : null);
    }
}
