package io.opsflow.console;

import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Puts the page at {@code /} of every web application with this module on its class path. */
@AutoConfiguration
@ConditionalOnWebApplication(type = Type.SERVLET)
public class ConsoleConfiguration {

    /** Behind controllers, before whoever says that nothing was found. */
    private static final int ORDER = 100;

    /** No controller: the page is no part of the API, and no verb of it is to be found in the API's description. */
    @Bean
    SimpleUrlHandlerMapping console() {
        ConsoleRoutes routes = new ConsoleRoutes(ConsoleFiles.load());
        return new SimpleUrlHandlerMapping(Map.of("/", routes, ConsoleFiles.FOLDER + "**", routes), ORDER);
    }
}
