package io.opsflow.web.stop;

import org.apache.coyote.http11.Http11NioProtocol;

/** HTTP/1.1 on a {@link PoliteEndpoint}. Tomcat makes it by its name. */
public final class PoliteProtocol extends Http11NioProtocol {

    private final PoliteEndpoint endpoint;

    public PoliteProtocol() {
        this(new PoliteEndpoint());
    }

    private PoliteProtocol(PoliteEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    void refuse() {
        endpoint.refuse();
    }

    int connections() {
        return endpoint.getConnections().size();
    }
}
