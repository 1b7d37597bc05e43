package io.opsflow.web.error;

import java.util.Arrays;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Pipeline;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Every way a request can fail leads to an {@link ErrorAnswer}. */
@Configuration(proxyBeanMethods = false)
public class ErrorConfiguration {

    @Bean
    FailureResolver failureResolver() {
        return new FailureResolver();
    }

    @Bean
    BareRefusals bareRefusals() {
        return new BareRefusals();
    }

    @Bean
    RequestRejectedHandler rejectedRequests() {
        return (request, response, rejection) -> Failures.answer(rejection).write(request, response);
    }

    /** Keeps away Boot's own controller of {@code /error}; without error pages nothing is sent there. */
    @Bean
    ErrorController noErrorPath() {
        return new ErrorController() {};
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorsThatNoControllerSees() {
        return tomcat -> tomcat.addContextCustomizers(ErrorConfiguration::reportInJson);
    }

    private static void reportInJson(Context context) {
        for (var page : List.of(context.findErrorPages())) {
            context.removeErrorPage(page);
        }
        StandardHost host = (StandardHost) context.getParent();
        Pipeline pipeline = host.getPipeline();
        Arrays.stream(pipeline.getValves())
                .filter(ErrorReportValve.class::isInstance)
                .forEach(pipeline::removeValve);
        pipeline.addValve(new JsonErrorValve());
        host.setErrorReportValveClass(JsonErrorValve.class.getName());
    }
}
