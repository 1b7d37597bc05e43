package io.opsflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;

/**
 * Programs that some tests need and not every developer has: without one its tests are left out, unless
 * {@code REQUIRED_TEST_TOOLS} names it among those that have to be there.
 */
final class Installed {

    private static final List<String> REQUIRED =
            List.of(System.getenv().getOrDefault("REQUIRED_TEST_TOOLS", "").split(" "));

    private Installed() {}

    /** @param tool by its name, which is that of its Debian package or of the program */
    static void assume(String tool, boolean found) {
        String message = "left out, as there is no %s on this machine".formatted(tool);
        if (REQUIRED.contains(tool)) {
            assertThat(found).as(message).isTrue();
        }
        assumeTrue(found, message);
    }
}
