package io.opsflow.web.json;

import io.opsflow.api.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Refuses a body for what its headers say, before its first byte is read: a client that waits for {@code 100 Continue}
 * then never sends it.
 */
final class BodyCheck implements HandlerInterceptor {

    static final int MAX_BYTES = 1024 * 1024;

    /** Of what no controller answers: files. */
    private static final List<String> OF_FILES = List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name());

    private final Supplier<RequestMappingHandlerMapping> controllers;

    /** @param controllers which there are when the first request comes */
    BodyCheck(Supplier<RequestMappingHandlerMapping> controllers) {
        this.controllers = controllers;
    }

    static ApiException tooLarge() {
        return ApiException.invalidArgument(413, "The body is larger than 1 MiB.");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpRequestMethodNotSupportedException {
        if (HttpMethod.OPTIONS.matches(request.getMethod())) { // which Spring would answer by itself
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), methods(request));
        }
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        String type = request.getContentType();
        if (type != null && !isConcrete(type)) { // application/* and the like, which Spring would call its own fault
            throw ApiException.invalidArgument(415, "The content type names no type.");
        }
        return true;
    }

    /** Those that the path takes. */
    private List<String> methods(HttpServletRequest request) {
        List<String> methods = controllers.get().getHandlerMethods().keySet().stream()
                .filter(mapping -> mapping.getActivePatternsCondition().getMatchingCondition(request) != null)
                .flatMap(mapping -> mapping.getMethodsCondition().getMethods().stream())
                .map(RequestMethod::name)
                .distinct()
                .toList();
        return methods.isEmpty() ? OF_FILES : methods;
    }

    private static boolean isConcrete(String type) {
        try {
            return MediaType.parseMediaType(type).isConcrete();
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
