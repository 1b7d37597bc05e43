package io.opsflow.bench.commands;

import java.io.IOException;
import java.sql.SQLException;

/** A way to have commands done: create a task, change its status, create the next. */
interface Way extends AutoCloseable {

    /** One of those who wait for their commands; used by one thread. */
    interface Worker extends AutoCloseable {

        /** Does one command. It is durable when this returns. */
        void next() throws Exception;

        @Override
        default void close() throws IOException, SQLException {}
    }

    @Override
    void close() throws IOException, SQLException;

    Worker worker(int number) throws Exception;

    /** Waits until nothing that the commands have caused is still going on behind them. */
    default void settle() throws Exception {}
}
