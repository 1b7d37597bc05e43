package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.error.ApiException;
import io.opsflow.web.room.Room;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerRoomTest {

    private static final Caller KIM = caller("domain-a", "kim");
    private static final Caller STRANGER = caller("domain-b", "kim");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final AnswerRoom room = new AnswerRoom(100 * Room.PIECE, ends::push, meters);

    @Test
    void anAnswerGivesItsRoomBackWhenItsRequestHasEnded() {
        Runnable end = take(KIM, 90);
        assertThat(meters.get("opsflow.query.room.used").gauge().value()).isEqualTo(0.9);
        end.run();
        assertThat(meters.get("opsflow.query.room.used").gauge().value()).isZero();
        take(KIM, 10);
        take(KIM, 15);
        refused(KIM, 1);
    }

    @Test
    void smallAnswersNeedNoRoom() {
        take(KIM, 100);
        AnswerSize small = room.answer(STRANGER, "query.page.limit");
        small.addRow(0, Room.PIECE - AnswerSize.ofRow(0) - 1);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> small.addRow(0, 0))
                .matches(e -> e.status() == 503);
    }

    /** An answer of so many pieces. Returns the end of its request. */
    private Runnable take(Caller caller, int pieces) {
        AnswerSize size = room.answer(caller, "query.page.limit");
        for (int i = 0; i < pieces; i++) {
            size.addRow(0, Room.PIECE - AnswerSize.ofRow(0));
        }
        return ends.pop();
    }

    private void refused(Caller caller, int pieces) {
        double before = meters.get("opsflow.query.without.room").counter().count();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> take(caller, pieces))
                .matches(e -> e.status() == 503)
                .withMessage("Too many large answers are under way; try again later, or ask for less.");
        assertThat(meters.get("opsflow.query.without.room").counter().count()).isEqualTo(before + 1);
    }

    private static Caller caller(String domain, String user) {
        return new Caller(Role.DOMAIN_ADMIN, ActorKind.USER, user, domain, null, null, List.of());
    }
}
