package io.opsflow.standalone;

import org.junit.jupiter.api.Test;

class ConsoleOperationTest extends ConsoleTest {

    /** Answers of the service that cannot be had from a service that is well. */
    private static final String ANSWER = """
            window.fetch = (real => async (url, more) => url.endsWith(arguments[0])
              ? new Response(JSON.stringify(arguments[1]), { headers: { 'Content-Type': 'application/json' } })
              : real(url, more))(window.fetch);
            """;

    private static final String PARKED = """
            return { topic: 'opsflow.events', partitions: [{ partition: 0, next_offset: 5, end_offset: 7, lag: 2 }], parked_count: 1,
              parked: [{ aggregate_id: 'task-000000000009', sequence: 3, partition: 0, offset: 5, reason: 'its predecessor is missing',
                         parked_at: '2026-01-01T00:00:00.000Z' }] };
            """;

    @Test
    void anAdminOfTheSystemSeesEachStepOfAnEventsWayAndRebuildsTheReadModel() {
        task("Something to rebuild");
        Tab tab = root();
        tab.awaitText("Everything moves").awaitText("Relay to the broker").awaitText("12 partitions");
        tab.click("Rebuild").awaitText("Rebuild the read model?").assertAccessible("a question");
        tab.click(tab.css("dialog .primary")).awaitText("The rebuild has begun");
        tab.awaitText("generation").button("Rebuild");
    }

    @Test
    void whatIsParkedHasAReasonASentenceAndAButton() {
        Tab tab = root();
        tab.awaitText("Everything moves");
        tab.script(ANSWER, "/admin/feed", tab.script(PARKED));
        tab.awaitText("1 event could not be applied and is parked.").awaitText("its predecessor is missing");
        tab.assertAccessible("parked events").screenshot("operation-parked");
        tab.click("Try the events of task-000000000009 again").awaitText("This does not exist");
        tab.awaitText("Request");
    }

    private Tab root() {
        return signedIn(
                service()
                        .identity()
                        .token(Demo.ROOT_DOMAIN)
                        .role("SYSTEM_ADMIN")
                        .user("root@example.com"),
                "#/operation");
    }
}
