package io.opsflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.server.ResponseStatusException;

class ConsoleRoutesTest {

    private final ConsoleFiles files = ConsoleFiles.load();
    private final ConsoleRoutes routes = new ConsoleRoutes(files);

    @Test
    void thePageIsAskedForAgainAndItsPolicyIsStrict() throws Exception {
        MockHttpServletResponse page = get("/", Map.of());

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getHeader("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(page.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
        String tag = page.getHeader("ETag");
        assertThat(tag).isNotNull();
        assertThat(get("/", Map.of("If-None-Match", tag)).getStatus()).isEqualTo(304);
    }

    @Test
    void aFileIsKeptForEverAndCompressedForThoseWhoTakeThat() throws Exception {
        String path = "/console/" + files.version() + "/app.js";
        MockHttpServletResponse plain = get(path, Map.of());
        assertThat(plain.getHeader("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
        assertThat(plain.getContentType()).isEqualTo("text/javascript;charset=UTF-8");
        assertThat(plain.getHeader("Content-Encoding")).isNull();

        MockHttpServletResponse compressed = get(path, Map.of("Accept-Encoding", "gzip, br"));
        assertThat(compressed.getHeader("Content-Encoding")).isEqualTo("gzip");
        try (GZIPInputStream unpacked =
                new GZIPInputStream(new ByteArrayInputStream(compressed.getContentAsByteArray()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(plain.getContentAsByteArray());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip;q=0", "identity, GZIP; q=0.000, br", "br", "gzipped", "*;q=0", "", ";;;"})
    void whoDoesNotTakeWhatIsCompressedGetsItPlain(String taken) throws Exception {
        MockHttpServletResponse page = get("/", Map.of("Accept-Encoding", taken));

        assertThat(page.getHeader("Content-Encoding")).isNull();
        assertThat(page.getContentAsByteArray()).isEqualTo(files.page().plain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br;q=1.0, GZip;q=0.5", "identity;q=0,gzip ; q=0.001"})
    void whoTakesItCompressedGetsItSo(String taken) throws Exception {
        assertThat(get("/", Map.of("Accept-Encoding", taken)).getHeader("Content-Encoding"))
                .isEqualTo("gzip");
    }

    @Test
    void whatIsNoFileOfThisVersionIsNotFound() {
        assertThatThrownBy(() -> get("/console/" + files.version() + "/nothing.js", Map.of()))
                .isInstanceOf(ResponseStatusException.class);
        assertThatThrownBy(() -> get("/console/0000000000000000/app.js", Map.of()))
                .isInstanceOf(ResponseStatusException.class);
        assertThatThrownBy(() -> get("/console/" + files.version() + "/index.html", Map.of()))
                .isInstanceOf(ResponseStatusException.class);
    }

    private MockHttpServletResponse get(String path, Map<String, String> headers) throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        headers.forEach(request::addHeader);
        MockHttpServletResponse response = new MockHttpServletResponse();
        routes.handleRequest(request, response);
        return response;
    }
}
