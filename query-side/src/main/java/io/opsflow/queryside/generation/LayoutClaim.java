package io.opsflow.queryside.generation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a process holds of the database for as long as it lives: that it uses its layout, so that nobody drops it, and,
 * if no other process does, that it builds. They are advisory locks of one connection: a process that dies lets go.
 */
public final class LayoutClaim implements AutoCloseable {

    /** The first halves of the locks' numbers; the second is the layout's. */
    private static final int USES = 0x75736573;

    private static final int BUILDS = 0x626c6473;
    private static final int PREPARES = 0x70726570;

    private static final Layout ANY = new Layout("0");

    private final ReadModelConnections connections;
    private final Layout layout;
    private Connection connection;

    /** Waits while another process drops what is left of this layout. */
    public LayoutClaim(ReadModelConnections connections, Layout layout) throws SQLException {
        this.connections = connections;
        this.layout = layout;
        this.connection = connect();
    }

    /**
     * Claims once more what was lost with its connection, but for the right to build.
     *
     * @return whether it was lost: another process may have dropped this layout meanwhile
     */
    public boolean renewIfLost() throws SQLException {
        if (isHeld()) {
            return false;
        }
        connection.close();
        connection = connect();
        return true;
    }

    /** Whether this process is the one to build; until {@link #stopBuilding}. */
    public boolean tryToBuild() throws SQLException {
        return ask("select pg_try_advisory_lock(?, ?)", BUILDS, layout);
    }

    public void stopBuilding() throws SQLException {
        if (isHeld()) { // else the server has let go of it
            ask("select pg_advisory_unlock(?, ?)", BUILDS, layout);
        }
    }

    /** Whether what was claimed is still this process's own; with its connection it loses all. */
    public boolean isHeld() throws SQLException {
        return connection.isValid(2);
    }

    /** Does what two processes that start must not do at the same time. */
    void prepare(Runnable preparation) throws SQLException {
        ask("select true from pg_advisory_lock(?, ?)", PREPARES, ANY);
        try {
            preparation.run();
        } finally {
            ask("select pg_advisory_unlock(?, ?)", PREPARES, ANY);
        }
    }

    /** Keeps others from using a layout, if nobody does; until {@link #admit}. */
    boolean tryExclude(Layout other) throws SQLException {
        return ask("select pg_try_advisory_lock(?, ?)", USES, other);
    }

    void admit(Layout other) throws SQLException {
        ask("select pg_advisory_unlock(?, ?)", USES, other);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private Connection connect() throws SQLException {
        Connection made = connections.unpooled().getConnection();
        try {
            ask(made, "select true from pg_advisory_lock_shared(?, ?)", USES, layout);
            return made;
        } catch (SQLException e) {
            made.close(); // one without the lock must not be taken for a claim
            throw e;
        }
    }

    private boolean ask(String question, int purpose, Layout about) throws SQLException {
        return ask(connection, question, purpose, about);
    }

    private static boolean ask(Connection connection, String question, int purpose, Layout about) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setInt(1, purpose);
            statement.setInt(2, about.lock());
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }
}
