package io.opsflow.web.token;

import io.opsflow.api.caller.Caller;
import io.opsflow.api.error.ApiException;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives a controller's method the {@link Caller} or the {@link TokenLife} it asks for, from the verified token. */
public final class CallerResolver implements HandlerMethodArgumentResolver {

    /** The key of the caller's domain in log lines. */
    public static final String LOG_KEY = "domain_id";

    private static final String ATTRIBUTE = CallerResolver.class.getName();

    CallerResolver() {}

    /** The domain of a request's verified token, for the log; empty where there is none. */
    public static String domain(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof String domain ? domain : "";
    }

    /** Whose token the request of this thread has shown; null where it needs none. */
    public static @Nullable Caller verified() {
        return authentication() instanceof CallerAuthentication verified ? verified.getPrincipal() : null;
    }

    static void remember(ServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller.domainId());
        MDC.put(LOG_KEY, caller.domainId());
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class || parameter.getParameterType() == TokenLife.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (authentication() instanceof CallerAuthentication verified) {
            return parameter.getParameterType() == Caller.class ? verified.getPrincipal() : verified.life();
        }
        throw ApiException.unauthenticated("empty token provided.");
    }

    private static @Nullable Authentication authentication() {
        return SecurityContextHolder.getContext().getAuthentication();
    }
}
