package io.opsflow.commandside.eventstore.tail;

import io.opsflow.commandside.eventstore.TailPage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * One reader's way along the tail. Read by one thread; woken by any. It asks the database only where it was woken or
 * where the last page was full.
 *
 * <p>Who reads it keeps what he has not come to yet: of Axon's processors a thousand events, whatever their size. So
 * there are no more for a reader who has {@value #MOST_UNDER_WAY} bytes of payloads to do, until he has done some of it.
 */
final class TailStream implements BlockingStream<TrackedEventMessage<?>> {

    static final long MOST_UNDER_WAY = 8L * TailPage.ENOUGH_BYTES;

    /** The index before the first event. */
    private static final long NOTHING = 0;

    private final Tail tail;
    private final LongSupplier done;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private final Consumer<TailStream> onClose;
    private final Deque<TrackedEventMessage<?>> page = new ArrayDeque<>();
    private final Semaphore woken = new Semaphore(0);
    private volatile long position;
    private int most = TailPage.FIRST;
    private volatile boolean awake = true;
    private volatile boolean looking;
    private volatile @Nullable Runnable onAvailable;
    private long bytesUnderWay;
    private volatile long waitsFor = NOTHING;

    /** At most so many events of what follows an index. */
    @FunctionalInterface
    interface Tail {
        TailPage after(long index, int most);
    }

    /** A page whose events the reader has not done yet, as far as is known. */
    private record UnderWay(long position, long bytes) {}

    /**
     * @param done the index up to which the reader has done all
     */
    TailStream(Tail tail, long after, LongSupplier done, Consumer<TailStream> onClose) {
        this.tail = tail;
        this.done = done;
        this.position = after;
        this.onClose = onClose;
    }

    void wake() {
        awake = true;
        woken.release();
        Runnable callback = onAvailable;
        if (callback != null) {
            callback.run();
        }
    }

    /** Wakes it where it was held back and its reader has done what that was for. */
    void wakeWhereDone() {
        long index = waitsFor;
        if (index != NOTHING && done.getAsLong() >= index) {
            waitsFor = NOTHING;
            wake();
        }
    }

    /** Whether it will look into the store by itself. */
    boolean isAwake() {
        return awake;
    }

    /** Whether there is something it has not seen; not while it is looking, as it may be about to find that. */
    boolean isBehind(long head) {
        return !looking && position < head;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return isAvailable() ? Optional.of(page.peek()) : Optional.empty();
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!isAvailable()) {
            if (!woken.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
            woken.drainPermits();
        }
        return true;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!hasNextAvailable(1, TimeUnit.HOURS)) {
            // waits for as long as it takes
        }
        return page.remove();
    }

    private boolean isAvailable() {
        if (page.isEmpty() && awake && hasTakenLittle()) {
            looking = true;
            // Before the look: who appends during it wakes this stream once more.
            awake = false;
            try {
                TailPage read = tail.after(position, most);
                page.addAll(read.events());
                position = read.position();
                most = read.next();
                if (!read.events().isEmpty()) {
                    underWay.add(new UnderWay(position, read.bytes()));
                    bytesUnderWay += read.bytes();
                }
                if (read.more()) {
                    awake = true;
                }
            } catch (RuntimeException e) {
                awake = true;
                throw e;
            } finally {
                looking = false;
            }
        }
        return !page.isEmpty();
    }

    private boolean hasTakenLittle() {
        long upTo = done.getAsLong();
        while (!underWay.isEmpty() && underWay.element().position() <= upTo) {
            bytesUnderWay -= underWay.remove().bytes();
        }
        boolean isLittle = bytesUnderWay < MOST_UNDER_WAY;
        waitsFor = isLittle ? NOTHING : underWay.element().position();
        return isLittle;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        onAvailable = callback;
        return true;
    }

    @Override
    public void close() {
        onAvailable = null;
        onClose.accept(this);
    }
}
