package io.opsflow.web.stop;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's listening socket, closed so that no client notices: whoever has connected by then is served, whoever comes
 * later is refused. Tomcat by itself drops those who connect in the milliseconds it takes to close, with their requests.
 */
final class PoliteEndpoint extends NioEndpoint {

    private volatile boolean refusing;
    private volatile boolean closed;

    /** Returns once no more connections are taken; what is connected goes on, and is told to end with its next answer. */
    void refuse() {
        if (getBindState().isBound()) {
            setMaxKeepAliveRequests(1); // before the last ones come in: their first answer may be the only one
            refusing = true;
            setMaxConnections(-1); // who waits for a place comes in as well
            unlockAccept(); // wakes the acceptor by a connection of its own, and returns when it has ended
        }
    }

    /** On the thread that accepts, so that nobody is left in the queue when it closes it. */
    @Override
    protected SocketChannel serverSocketAccept() throws Exception {
        if (!refusing || !(getServerSocket() instanceof ServerSocketChannel listener)) {
            return super.serverSocketAccept();
        }
        SocketChannel waiting = nextInTheQueue(listener);
        if (waiting != null) {
            return waiting;
        }
        closed = true;
        listener.close();
        closeServerSocketGraceful();
        return SocketChannel.open(); // which is thrown away: the acceptor has been told to end
    }

    private static @Nullable SocketChannel nextInTheQueue(ServerSocketChannel listener) throws IOException {
        listener.configureBlocking(false);
        return listener.accept();
    }

    @Override
    protected void unlockAccept() {
        if (!closed) {
            super.unlockAccept();
        }
    }
}
