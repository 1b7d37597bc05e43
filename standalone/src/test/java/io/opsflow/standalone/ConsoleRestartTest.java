package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.embedded.FreePort;
import io.opsflow.embedded.TokenBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a service of its own, as it is stopped while somebody works. */
class ConsoleRestartTest extends ConsoleTest {

    @TempDir
    private Path home;

    @Test
    void aRestartOfTheServiceLosesNothingTypedAndNothingThatHappened() throws Exception {
        String address;
        String id;
        Tab tab;
        int port = FreePort.find();
        try (Standalone before = Standalone.start(home, "--server.port=" + port)) {
            address = before.address();
            id = created(owner(before), aTask("Disk full")).text("task_id");
            tab = tab(address);
            signIn(tab, token(before).build());
            awaitCard(tab, id, Demo.TODO);
            tab.withText("span", "Live");
            tab.go("#/board?task=" + id).type(tab.field("Name"), "Typed before the restart");
        }
        tab.awaitText("Connection lost");
        try (Standalone after = Standalone.start(home, "--server.port=" + port)) {
            owner(after).task("change_status", Map.of("task_id", id, "status_id", Demo.DONE));
            tab.withText("span", "Live");
            awaitCard(tab, id, Demo.DONE);
            assertThat(tab.field("Name").getDomProperty("value")).isEqualTo("Typed before the restart");
            tab.click("Save").awaitText("Saved.");
        }
    }

    private TokenBuilder token(Standalone service) {
        return service.identity()
                .token(Demo.DOMAIN)
                .role("WORKSPACE_OWNER")
                .workspace(workspace)
                .user(KIM);
    }

    private ApiClient owner(Standalone service) {
        return new ApiClient(service.address(), token(service).build());
    }
}
