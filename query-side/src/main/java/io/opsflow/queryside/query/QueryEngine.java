package io.opsflow.queryside.query;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.query.ListAnswer;
import io.opsflow.api.query.Query;
import io.opsflow.api.query.StatAnswer;
import io.opsflow.api.query.StatisticsQuery;
import java.time.Clock;

/** Answers queries: what the caller may see of a resource, in one SQL statement each. */
public final class QueryEngine {

    private static final String LIMIT = "query.page.limit";

    private final ReadOnlyDatabase database;
    private final Turns turns;
    private final AnswerRoom room;
    private final Clock clock;

    QueryEngine(ReadOnlyDatabase database, Turns turns, AnswerRoom room, Clock clock) {
        this.database = database;
        this.turns = turns;
        this.room = room;
        this.clock = clock;
    }

    /** The rows that pass, in their order, and how many there are without the page. */
    public <R> ListAnswer<R> list(Resource<R> resource, Caller caller, Query query) {
        Listing<R> listing = new Listing<>(resource, query, new Conditions(clock.instant()));
        AnswerSize size = room.answer(caller, LIMIT);
        return turns.run(caller, () -> database.read(dsl -> listing.answer(dsl, caller, size)));
    }

    /** What the stages, or {@code distinct}, make of the rows that pass. */
    public StatAnswer stat(Resource<?> resource, Caller caller, StatisticsQuery query) {
        Statistics statistics = new Statistics(resource, query, new Conditions(clock.instant()));
        AnswerSize size = room.answer(caller, LIMIT);
        return turns.run(caller, () -> database.read(dsl -> statistics.answer(dsl, caller, size)));
    }
}
