package io.opsflow.web.stop;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order in which an HTTP face stops. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StopSettings.class)
public class StopConfiguration {

    /** Of what ends requests that would go on for ever: when nobody can begin a new one. */
    public static final int LONG_REQUESTS = Intake.PHASE - 1;

    /** Of what answers rest on, directly or not: when the last is answered. */
    public static final int BEHIND_THE_WEB = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;

    @Bean
    Connectors connectors() {
        return new Connectors();
    }

    @Bean
    Intake intake(Connectors connectors, StopSettings settings) {
        return new Intake(connectors, settings.notice());
    }

    @Bean
    OpenConnections openConnections(Connectors connectors, StopSettings settings) {
        return new OpenConnections(connectors, settings.drain());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionsThatAreRefusedPolitely() {
        return tomcat -> tomcat.setProtocol(PoliteProtocol.class.getName());
    }
}
