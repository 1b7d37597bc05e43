package io.opsflow.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/**
 * Finds a port nobody listens on, below what systems hand out to outgoing connections: a server that is away finds its
 * port still free when it comes back.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private FreePort() {}

    /** @throws IllegalStateException if there is none */
    public static int find() {
        return findOtherThan(0);
    }

    static int findOtherThan(int taken) {
        SecureRandom random = new SecureRandom();
        return random.ints(ATTEMPTS, LOWEST, HIGHEST)
                .filter(port -> port != taken && isFree(port))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("No free port found between %d and %d.".formatted(LOWEST, HIGHEST)));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
