package io.opsflow.queryside.consistency;

import java.util.Collection;

/** Is told what this process has committed to the read model, after the commit and without any delay to it. */
public interface ReadModelListener {

    /**
     * Returns at once, and throws nothing. Called from any thread; others may have committed as well, untold.
     *
     * @param rows those that were changed, as they are now
     */
    void changed(Collection<Held> rows);
}
