package io.opsflow.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.Collections;
import org.apache.tomcat.util.http.parser.AcceptEncoding;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.server.ResponseStatusException;

/**
 * The page and its files over HTTP. It looks at nothing of a request but its path and what the client takes: whatever
 * else is wrong with one that is not for the page is for others to say.
 */
final class ConsoleRoutes implements HttpRequestHandler {

    /** Nothing inline, nothing from elsewhere, no plugin, no frame, no form that goes anywhere. */
    static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
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

    /** @throws ResponseStatusException 404 for what is no file of this version */
    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        boolean isRead = HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
        if (!isRead) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        if (path.equals("/")) {
            page(request, response);
        } else {
            answer(request, response, demand(path), FOR_EVER);
        }
    }

    private void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!new ServletWebRequest(request, response).checkNotModified('"' + files.version() + '"')) {
            answer(request, response, files.page(), ASK_AGAIN);
        }
    }

    private ConsoleFile demand(String path) {
        String folder = ConsoleFiles.FOLDER + files.version() + "/";
        @Nullable ConsoleFile file = path.startsWith(folder) ? files.file(path.substring(folder.length())) : null;
        if (file == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return file;
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, ConsoleFile file, CacheControl caching)
            throws IOException {
        response.setContentType(file.type().toString());
        response.setHeader(HttpHeaders.CACHE_CONTROL, caching.getHeaderValue());
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        byte[] body = file.plain();
        if (takesGzip(request)) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            body = file.compressed();
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static boolean takesGzip(HttpServletRequest request) throws IOException {
        String taken = String.join(",", Collections.list(request.getHeaders(HttpHeaders.ACCEPT_ENCODING)));
        return AcceptEncoding.parse(new StringReader(taken)).stream() // which leaves out what has a q of 0
                .anyMatch(encoding -> encoding.getEncoding().equalsIgnoreCase("gzip"));
    }
}
