package io.opsflow.web.json;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import io.opsflow.web.token.CallerResolver;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** Of what no controller answers: files. */
    private static final List<String> OF_FILES = List.of(HttpMethod.GET.name(), HttpMethod.HEAD.name());

    private final Supplier<RequestMappingHandlerMapping> controllers;

    /** @param controllers which there are when the first request comes */
    BodyCheck(Supplier<RequestMappingHandlerMapping> controllers) {
        this.controllers = controllers;
    }

    /** Bytes of a body. Who shows no token takes no share of the memory for bodies, and has only few words to say. */
    static int most(@Nullable Caller caller) {
        return caller == null ? KIB : MIB;
    }

    static ApiException tooLarge(int most) {
        return ApiException.invalidArgument(
                413, "The body is larger than %s.".formatted(most < MIB ? "1 KiB" : "1 MiB"));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpRequestMethodNotSupportedException {
        if (HttpMethod.OPTIONS.matches(request.getMethod())) { // which Spring would answer by itself
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), methods(request));
        }
        int most = most(CallerResolver.verified());
        if (request.getContentLengthLong() > most) {
            throw tooLarge(most);
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
