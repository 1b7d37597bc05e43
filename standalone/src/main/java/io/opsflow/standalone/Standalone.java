package io.opsflow.standalone;

import io.opsflow.commandside.CommandSideConfiguration;
import io.opsflow.embedded.EmbeddedBroker;
import io.opsflow.embedded.EmbeddedDatabase;
import io.opsflow.embedded.EmbeddedIdentity;
import io.opsflow.embedded.Watchdog;
import io.opsflow.queryside.QuerySideConfiguration;
import io.opsflow.web.setting.WrongSetting;
import io.opsflow.web.tool.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** One running OpsFlow: a home, the servers in it and the application on them. */
public final class Standalone implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Standalone.class);

    private final Parts parts;
    private final Servers servers;
    private final EmbeddedIdentity identity;
    private final String code = DemoSignIn.newCode();
    private final ApplicationContext context;
    private final int port;

    /** Both sides in one context; each brings its own database and knows nothing of the other. */
    @Configuration
    @EnableAutoConfiguration
    @Import({CommandSideConfiguration.class, QuerySideConfiguration.class, DemoCatalog.class})
    static class Application {}

    private Standalone(Parts parts, Path directory, String... arguments) throws IOException {
        this.parts = parts;
        Home home = parts.add(Home.open(directory));
        servers = Servers.start(home, parts);
        identity = EmbeddedIdentity.at(home.resolve("keys"));
        Map<String, String> tokens = Demo.tokens(identity);
        Demo.writeTokens(tokens, home.resolve("tokens"));

        SpringApplication application = new SpringApplication(Application.class);
        // One hook stops everything in order; see main.
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(properties(home));
        application.addInitializers(starting -> ((GenericApplicationContext) starting)
                .registerBean(DemoSignIn.class, () -> new DemoSignIn(code, tokens, InstantSource.system())));
        ServletWebServerApplicationContext started =
                parts.add((ServletWebServerApplicationContext) application.run(arguments));
        context = started;
        port = started.getWebServer().getPort();
        context.getBean(DemoCatalog.class).ensure();
        // The last parts stop first: a stop is no reason to start anything.
        parts.add(Watchdog.over(servers.database()));
        parts.add(Watchdog.over(servers.broker()));
    }

    /**
     * Starts everything on a home and returns once reads and writes are answered.
     *
     * @param arguments Spring's, e.g. {@code --server.port=0}
     * @throws StartFailure with the one sentence the user needs
     */
    static Standalone start(Path directory, String... arguments) throws IOException {
        Parts parts = new Parts();
        try {
            return new Standalone(parts, directory, arguments);
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    public static void main(String... arguments) {
        Path directory = homeOrExit(arguments);
        if (Tools.areMeant(arguments)) {
            Tools.silenceTheLog();
            System.exit(StandaloneTools.run(directory, arguments));
        }
        Parts parts = new Parts();
        // Before the first part starts: a Ctrl-C in the middle of the start stops what is there by then.
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop"));
        try {
            Standalone standalone = new Standalone(parts, directory, arguments);
            System.out.println(new ReadyMessage(standalone.address(), standalone.page(), directory.resolve("tokens")));
        } catch (StartFailure e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (Exception e) {
            if (!(e.getCause() instanceof PortInUseException)) { // Spring has said what to do about it
                log.error("OpsFlow could not start", e);
            }
            System.exit(1);
        }
    }

    private static Path homeOrExit(String... arguments) {
        try {
            return HomeSettings.configured();
        } catch (WrongSetting e) {
            System.err.println(e.getMessage());
            System.exit(StandaloneTools.codeOfWrongSettings(arguments));
            throw e;
        }
    }

    String address() {
        return "http://localhost:" + port;
    }

    ApplicationContext context() {
        return context;
    }

    /** The page, with what signs one in; a fragment stays in the browser. */
    String page() {
        return address() + "/#code=" + code;
    }

    EmbeddedDatabase database() {
        return servers.database();
    }

    EmbeddedBroker broker() {
        return servers.broker();
    }

    EmbeddedIdentity identity() {
        return identity;
    }

    private Map<String, Object> properties(Home home) throws IOException {
        Map<String, Object> properties = new HashMap<>(servers.settings());
        properties.put("server.address", "127.0.0.1");
        properties.put(
                "opsflow.jwks",
                identity.writeJwks(home.resolve("keys/jwks.json")).toString());
        properties.put("opsflow.root-domain", Demo.ROOT_DOMAIN);
        return properties;
    }

    /** Stops everything within seconds: first the application, then the servers it stands on. */
    @Override
    public void close() {
        parts.close();
    }
}
