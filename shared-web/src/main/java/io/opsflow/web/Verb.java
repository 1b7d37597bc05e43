package io.opsflow.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.springframework.web.servlet.HandlerMapping;

/**
 * What a request asks for, as {@code POST /opsflow/v1/<resource>/<verb>} says. It is that of the controller's mapping and
 * not of the path that was sent, which may spell it in any number of ways ({@code %67et}).
 *
 * @param resource such as {@code task}
 * @param name such as {@code get}
 */
public record Verb(String resource, String name) {

    /** @param request that has a controller */
    public static Verb of(HttpServletRequest request) {
        String[] path = Objects.requireNonNull(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))
                .toString()
                .split("/");
        return new Verb(path[path.length - 2], path[path.length - 1]);
    }

    /** {@code <resource>/<verb>}. */
    @Override
    public String toString() {
        return resource + "/" + name;
    }
}
