package io.opsflow.console;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Puts the page at {@code /} of every web application with this module on its class path. */
@AutoConfiguration
@ConditionalOnWebApplication(type = Type.SERVLET)
public class ConsoleConfiguration {

    /** No controller: the page is no part of the API, and no verb of it is to be found in the API's description. */
    @Bean
    RouterFunction<ServerResponse> console() {
        ConsoleRoutes routes = new ConsoleRoutes(ConsoleFiles.load());
        return RouterFunctions.route()
                .GET("/", routes::page)
                .GET(ConsoleFiles.FOLDER + "{version}/{*file}", routes::file)
                .build();
    }
}
