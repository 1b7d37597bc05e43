package io.opsflow.queryside.rest;

import io.opsflow.api.error.ApiException;
import io.opsflow.queryside.generation.Generations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Answers no read by half a read model: 503 until the first generation of this version's layout has been built. */
@Component
class LiveReadModel implements HandlerInterceptor, WebMvcConfigurer {

    private final Generations generations;

    LiveReadModel(Generations generations) {
        this.generations = generations;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/opsflow/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean isRead = handler instanceof HandlerMethod method
                && method.getBeanType().getPackageName().equals(LiveReadModel.class.getPackageName());
        if (isRead && !generations.isLive()) {
            throw ApiException.unavailable("The read model of this version is being built; try again later.");
        }
        return true;
    }
}
