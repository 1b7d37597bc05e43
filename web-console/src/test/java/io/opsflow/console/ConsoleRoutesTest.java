package io.opsflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
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
