package io.opsflow.commandside.rest;

import io.opsflow.api.error.ApiException;
import io.opsflow.web.Verb;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives the methods of controllers what a {@link Write} says beside its body. */
@Component
class WriteResolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == WriteHeaders.class;
    }

    @Override
    public WriteHeaders resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = (HttpServletRequest) web.getNativeRequest();
        List<String> keys = Collections.list(request.getHeaders(Write.IDEMPOTENCY_KEY));
        if (keys.size() > 1) {
            throw ApiException.invalid(Write.IDEMPOTENCY_KEY, "given twice");
        }
        List<String> ifMatch = Collections.list(request.getHeaders(HttpHeaders.IF_MATCH));
        return new WriteHeaders(
                Verb.of(request).toString(),
                ifMatch.isEmpty() ? null : ifMatch.stream().distinct().collect(Collectors.joining(",")),
                keys.isEmpty() ? null : keys.getFirst());
    }
}
