package io.opsflow.web.openapi;

import java.util.Objects;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.webjars.WebJarVersionLocator;

/** The published description of the API and Swagger's page over it. */
@Configuration(proxyBeanMethods = false)
@Import(ApiDescriptionController.class)
public class OpenApiConfiguration implements WebMvcConfigurer {

    private static final String PAGE = "swagger-ui";

    /** What lies in this module comes before Swagger's own: it says which description the page shows. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        String version = Objects.requireNonNull(new WebJarVersionLocator().version(PAGE), "swagger-ui's WebJar");
        registry.addResourceHandler("/swagger-ui/**")
                .addResourceLocations(
                        "classpath:/swagger-ui/",
                        "classpath:/META-INF/resources/webjars/%s/%s/".formatted(PAGE, version));
    }
}
