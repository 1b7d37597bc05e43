package io.opsflow.web;

import io.opsflow.web.error.ErrorConfiguration;
import io.opsflow.web.json.JsonConfiguration;
import io.opsflow.web.openapi.OpenApiConfiguration;
import io.opsflow.web.stop.StopConfiguration;
import io.opsflow.web.token.TokenConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * All that an HTTP face needs beside its controllers. It is in force in every web application with this module on its
 * class path, once, also where both sides share a context. It needs {@code OPSFLOW_JWKS} and
 * {@code OPSFLOW_ROOT_DOMAIN}.
 */
@AutoConfiguration(
        before = {
            ErrorMvcAutoConfiguration.class,
            ManagementWebSecurityAutoConfiguration.class,
            ServletWebSecurityAutoConfiguration.class
        })
@ConditionalOnWebApplication(type = Type.SERVLET)
@Import({
    CheckController.class,
    ErrorConfiguration.class,
    JsonConfiguration.class,
    OpenApiConfiguration.class,
    StopConfiguration.class,
    TokenConfiguration.class
})
public class WebConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> requestIdsForAllThatTomcatAnswers() {
        return tomcat -> tomcat.addEngineValves(new RequestValve());
    }
}
