package io.opsflow.commandside.eventstore.tail;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Why a processor stood still on this process. It is over when the processor is past the event, on whichever process.
 */
public final class Standstill {

    private record Failure(long index, String problem) {}

    private final StoredPosition position;
    private final AtomicReference<@Nullable Failure> last = new AtomicReference<>();

    public Standstill(StoredPosition position) {
        this.position = position;
    }

    /** @param index of the event that the processor did not get past */
    public void began(long index, String problem) {
        last.set(new Failure(index, problem));
    }

    public void ended() {
        last.set(null);
    }

    /** Null where nothing keeps the processor from going on. */
    public @Nullable String problem() {
        Failure failure = last.get();
        if (failure != null && isPast(failure)) {
            last.compareAndSet(failure, null);
            return null;
        }
        return failure == null ? null : failure.problem();
    }

    private boolean isPast(Failure failure) {
        try {
            return position.index() >= failure.index();
        } catch (DataAccessException e) {
            return false; // nobody knows
        }
    }
}
