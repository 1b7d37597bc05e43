package io.opsflow.queryside.consistency;

/** Is told that this process has committed something to the read model, after the commit and without any delay to it. */
public interface ReadModelListener {

    /** Returns at once, and throws nothing. Called from any thread; others may have committed as well, untold. */
    void changed();
}
