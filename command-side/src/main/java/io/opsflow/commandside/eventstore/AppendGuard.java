package io.opsflow.commandside.eventstore;

import java.sql.Connection;
import java.sql.SQLException;

/** A rule that spans aggregates, such as "no task holds this status": it must hold at the moment of the append. */
@FunctionalInterface
public interface AppendGuard {

    /**
     * Called under the append lock, before the command's events are inserted: nobody appends meanwhile, and what is
     * written to the connection is committed, or rolled back, with the events.
     *
     * @throws RuntimeException to refuse the command; nothing of it is written, and its caller gets the exception
     */
    void check(Connection connection) throws SQLException;
}
