package io.opsflow.web.stop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;

/** What Tomcat takes connections by. */
final class Connectors implements TomcatProtocolHandlerCustomizer<PoliteProtocol> {

    private final List<PoliteProtocol> protocols = new CopyOnWriteArrayList<>();

    @Override
    public void customize(PoliteProtocol protocol) {
        protocols.add(protocol);
    }

    /** Returns once connections are refused; see {@link PoliteEndpoint}. */
    void refuse() {
        protocols.forEach(PoliteProtocol::refuse);
    }

    /** How many are open. */
    int connections() {
        return protocols.stream().mapToInt(PoliteProtocol::connections).sum();
    }
}
