package io.opsflow.commandside.eventstore;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Walks pages one after the other, each read when the one before is used up; ends with the first that is not full. */
final class PageIterator implements Iterator<AppendedEvent> {

    private final Pages pages;
    private final ToLongFunction<AppendedEvent> next;
    private Iterator<AppendedEvent> page;
    private long from;
    private int most = EventReader.PAGE;
    private boolean more = true;

    /** A page of at most so many events from a position on. */
    @FunctionalInterface
    interface Pages {
        EventReader.Page from(long position, int most);
    }

    /**
     * @param pages where the events come from
     * @param from the first position
     * @param next the position of the page that follows an event
     */
    PageIterator(Pages pages, long from, ToLongFunction<AppendedEvent> next) {
        this.pages = pages;
        this.from = from;
        this.next = next;
        this.page = List.<AppendedEvent>of().iterator();
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && more) {
            EventReader.Page read = pages.from(from, most);
            more = read.isFull();
            most = read.next();
            page = read.events().iterator();
        }
        return page.hasNext();
    }

    @Override
    public AppendedEvent next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        AppendedEvent event = page.next();
        from = next.applyAsLong(event);
        return event;
    }

    Stream<AppendedEvent> stream() {
        Iterable<AppendedEvent> once = () -> this;
        return StreamSupport.stream(once.spliterator(), false);
    }
}
