package io.opsflow.queryside.rest;

import io.opsflow.queryside.consistency.ConsistentWith;
import io.opsflow.web.Answers;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives a controller's method the {@link ConsistentWith} it asks for, and describes the header where it does. */
@Component
class ConsistentWithResolver implements HandlerMethodArgumentResolver, WebMvcConfigurer, OperationCustomizer {

    ConsistentWithResolver() {
        // springdoc keeps these in its own static settings.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(ConsistentWith.class);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == ConsistentWith.class;
    }

    @Override
    public ConsistentWith resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        String[] lines = request.getHeaderValues(Answers.CONSISTENT_WITH);
        return new ConsistentWith(lines == null ? List.of() : Arrays.asList(lines));
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        if (Arrays.stream(method.getMethodParameters()).anyMatch(this::supportsParameter)) {
            HeaderParameter header = new HeaderParameter();
            header.name(Answers.CONSISTENT_WITH)
                    .description("at most 100 of id@version, as writes answer it: the answer includes these changes, or"
                            + " is 503 where they do not arrive within 5 s")
                    .schema(new StringSchema());
            operation.addParametersItem(header);
        }
        return operation;
    }
}
