package io.opsflow.queryside.feed;

import io.opsflow.queryside.consistency.Held;
import io.opsflow.queryside.consistency.ReadModelListener;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sorts new words into the indexes that substrings and data are looked up in. PostgreSQL puts what is new on a list beside
 * such an index, and whoever fills the list sorts it in, which takes the longer the larger the index is. The feed's
 * connections may let the lists grow, so that it is done here, beside the feed, and reads wait for nothing but their rows.
 */
public final class NewWords implements SmartLifecycle, ReadModelListener {

    /** For the connections that add words: the length that a list may reach while nobody sorts it, in kB. */
    static final String CONNECTION_OPTIONS = "-c gin_pending_list_limit=65536";

    private static final Logger log = LoggerFactory.getLogger(NewWords.class);

    /** Many words are sorted in together for less than one by one; but searches read the lists from end to end. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final String SORT_IN = """
            select gin_clean_pending_list(pg_index.indexrelid)
              from pg_index
              join pg_class on pg_class.oid = pg_index.indexrelid
              join pg_am on pg_am.oid = pg_class.relam
             where pg_am.amname = 'gin'
               and pg_class.relnamespace = current_schema()::regnamespace
            """;

    private final JdbcClient database;
    private final BlockingQueue<Boolean> changes = new ArrayBlockingQueue<>(1);
    private boolean failing;
    private @Nullable Thread thread;

    /** @param database whose search path names the generation that is read */
    NewWords(JdbcClient database) {
        this.database = database;
    }

    @Override
    public void changed(Collection<Held> rows) {
        boolean unused = changes.offer(true); // one that stands there already says as much
    }

    private void run() {
        try {
            while (true) {
                changes.take();
                sortIn();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // stopped
        }
    }

    private void sortIn() {
        try {
            database.sql(SORT_IN).query(Long.class).list();
            failing = false;
        } catch (RuntimeException e) {
            // Also what nobody expects: there is nobody else to sort them in.
            if (!failing && !Thread.currentThread().isInterrupted()) {
                log.warn("new words cannot be sorted in; trying again with the next change", e);
            }
            failing = true;
        }
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("new-words").start(this::run);
        }
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
