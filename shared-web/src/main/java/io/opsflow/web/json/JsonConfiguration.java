package io.opsflow.web.json;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** JSON in, JSON out, whatever a client says it accepts. */
@Configuration(proxyBeanMethods = false)
public class JsonConfiguration implements WebMvcConfigurer {

    @Override
    public void configureMessageConverters(ServerBuilder converters) {
        converters.addCustomConverter(new MembersConverter()).withJsonConverter(new AnswerConverter());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new ContentTypeCheck());
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.strategies(List.of(request -> ContentNegotiationStrategy.MEDIA_TYPE_ALL_LIST));
    }
}
