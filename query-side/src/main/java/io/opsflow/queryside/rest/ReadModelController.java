package io.opsflow.queryside.rest;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.api.json.Timestamps;
import io.opsflow.queryside.generation.BuildProgress;
import io.opsflow.queryside.generation.Generation;
import io.opsflow.queryside.generation.Generations;
import io.opsflow.queryside.generation.Layout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The read model as a whole, for admins of the system: which generation is read, and building another one. */
@RestController
@RequestMapping("/admin/read-model")
class ReadModelController {

    private final Generations generations;
    private final Layout layout;

    ReadModelController(Generations generations, Layout layout) {
        this.generations = generations;
        this.layout = layout;
    }

    /**
     * @param layout of the tables that this process reads
     * @param live the generation that is read; null until the first of a new layout is built
     * @param rebuild the one that is being built; null where none is
     */
    record ReadModelInfo(
            String layout, @Nullable Live live, @Nullable Rebuild rebuild) {}

    record Live(long generation, String since) {}

    /**
     * @param phase WAITING until a process takes it up, then LOADING, INDEXING, CATCHING_UP
     * @param secondsLeft of loading; null before that can be told
     */
    record Rebuild(
            long generation,
            String requestedBy,
            String requestedAt,
            String phase,
            long events,
            long eventsTotal,
            @Nullable Double eventsPerSecond,
            @Nullable Long secondsLeft) {

        static Rebuild of(Generation building, Optional<BuildProgress> progress) {
            return new Rebuild(
                    building.id(),
                    building.requestedBy(),
                    Timestamps.format(building.requestedAt()),
                    progress.map(told -> told.phase().name()).orElse("WAITING"),
                    progress.map(BuildProgress::events).orElse(0L),
                    progress.map(BuildProgress::eventsTotal).orElse(0L),
                    progress.map(BuildProgress::eventsPerSecond).orElse(null),
                    progress.map(BuildProgress::secondsLeft).orElse(null));
        }
    }

    @GetMapping
    ReadModelInfo get(Caller caller) {
        caller.demandSystemAdmin();
        return info();
    }

    /** Builds the read model anew from the beginning of the topic; 409 while that is being done already. */
    @PostMapping("/rebuild")
    ReadModelInfo rebuild(Caller caller) {
        caller.demandSystemAdmin();
        if (!generations.request(caller.userId())) {
            throw ApiException.underWay("A rebuild of the read model");
        }
        return info();
    }

    private ReadModelInfo info() {
        return new ReadModelInfo(
                layout.id(),
                generations
                        .live()
                        .map(live -> new Live(live.id(), Timestamps.format(live.liveSince())))
                        .orElse(null),
                generations
                        .building()
                        .map(building -> Rebuild.of(building, generations.progress(building)))
                        .orElse(null));
    }
}
