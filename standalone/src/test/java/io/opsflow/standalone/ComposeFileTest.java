package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeFileTest {

    /** Parts of one that is not ready may be up, and its answer tells them too. */
    @ParameterizedTest
    @CsvSource({"command-side,200,0", "query-side,200,0", "command-side,503,1", "query-side,503,1"})
    void aSideIsHealthyWhereItsReadinessAnswers200(String service, int status, int code) throws Exception {
        byte[] body = "{\"status\":\"DOWN\",\"components\":{\"readinessState\":{\"status\":\"UP\"}}}"
                .getBytes(StandardCharsets.UTF_8);
        HttpServer side = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        side.createContext("/actuator/health/readiness", exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        side.start();
        try {
            Process healthcheck = new ProcessBuilder(
                            ComposeFile.healthcheck(service, side.getAddress().getPort()))
                    .inheritIO()
                    .start();

            assertThat(healthcheck.waitFor()).isEqualTo(code);
        } finally {
            side.stop(0);
        }
    }
}
