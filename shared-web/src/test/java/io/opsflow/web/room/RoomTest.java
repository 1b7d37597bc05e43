package io.opsflow.web.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opsflow.api.caller.ActorKind;
import io.opsflow.api.caller.Caller;
import io.opsflow.api.caller.Role;
import io.opsflow.api.error.ApiException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final Caller KIM = caller("domain-a", "kim");
    private static final Caller LEE = caller("domain-a", "lee");
    private static final Caller SAM = caller("domain-a", "sam");
    private static final Caller STRANGER = caller("domain-b", "kim");

    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Room room = new Room(100 * Room.PIECE, ends::push, () -> ApiException.unavailable("full"));

    @Test
    void aUserHasAQuarterAndADomainHalf() {
        take(KIM, 15);
        take(KIM, 10);
        refused(KIM, 1);
        take(LEE, 25);
        refused(LEE, 1);
        refused(SAM, 1);
        take(STRANGER, 25);
        refused(STRANGER, 1);
    }

    @Test
    void whoHasNoOtherMayHaveOneOfAnySizeWhileThereIsRoom() {
        take(KIM, 90);
        refused(KIM, 1);
        refused(LEE, 1);
        refused(STRANGER, 11);
        take(STRANGER, 10);
    }

    @Test
    void aPlaceGivesItsRoomBackWhenItsRequestHasEnded() {
        take(KIM, 90);
        assertThat(room.used()).isEqualTo(0.9);
        ends.pop().run();
        assertThat(room.used()).isZero();
        take(KIM, 10);
        take(KIM, 15);
        refused(KIM, 1);
    }

    @Test
    void whatIsSmallTakesNoRoom() {
        take(KIM, 100);
        Room.Place small = room.place(STRANGER);
        small.growTo(Room.PIECE - 1);
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> small.growTo(Room.PIECE));
    }

    /** A place that grows to so many pieces. */
    private void take(Caller caller, int pieces) {
        Room.Place place = room.place(caller);
        for (int i = 1; i <= pieces; i++) {
            place.growTo(i * Room.PIECE);
        }
    }

    /** And ends then, where it had grown before. */
    private void refused(Caller caller, int pieces) {
        int before = ends.size();
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> take(caller, pieces))
                .withMessage("full");
        while (ends.size() > before) {
            ends.pop().run();
        }
    }

    private static Caller caller(String domain, String user) {
        return new Caller(Role.DOMAIN_ADMIN, ActorKind.USER, user, domain, null, null, List.of());
    }
}
