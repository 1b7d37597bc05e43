package io.opsflow.console;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** The page and its files over HTTP. */
final class ConsoleRoutes {

    /** Nothing inline, nothing from elsewhere, no plugin, no frame, no form that goes anywhere. */
    static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'");

    private static final CacheControl ASK_AGAIN = CacheControl.noCache();
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final ConsoleFiles files;

    ConsoleRoutes(ConsoleFiles files) {
        this.files = files;
    }

    ServerResponse page(ServerRequest request) {
        String tag = '"' + files.version() + '"';
        return request.checkNotModified(tag)
                .orElseGet(
                        () -> answer(request, files.page(), ASK_AGAIN).eTag(tag).body(body(request, files.page())));
    }

    ServerResponse file(ServerRequest request) {
        ConsoleFile file = files.file(request.pathVariable("file").replaceFirst("^/", ""));
        if (file == null || !request.pathVariable("version").equals(files.version())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return answer(request, file, FOR_EVER).body(body(request, file));
    }

    private static ServerResponse.BodyBuilder answer(ServerRequest request, ConsoleFile file, CacheControl caching) {
        ServerResponse.BodyBuilder answer = ServerResponse.ok()
                .contentType(file.type())
                .cacheControl(caching)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
        return takesGzip(request) ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer;
    }

    private static byte[] body(ServerRequest request, ConsoleFile file) {
        return takesGzip(request) ? file.compressed() : file.plain();
    }

    private static boolean takesGzip(ServerRequest request) {
        return request.headers().header(HttpHeaders.ACCEPT_ENCODING).stream().anyMatch(value -> value.contains("gzip"));
    }
}
