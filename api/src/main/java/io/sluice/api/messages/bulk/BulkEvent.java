package io.sluice.api.messages.bulk;

import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.messages.post.PostedEvent;
import io.sluice.contract.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** One of many events that are posted at once, as it was read. */
public sealed interface BulkEvent {

    /** The first has 1. */
    long position();

    /**
     * An event that can be published.
     *
     * @param repeatable whether it may be stored already, since the client decides its id
     */
    record Good(long position, Event event, boolean repeatable) implements BulkEvent {}

    /** One that is none. */
    record Bad(long position, ProblemException problem) implements BulkEvent {}

    /** Reads one, which fails alone. */
    static BulkEvent read(long position, Supplier<PostedEvent> read) {
        try {
            PostedEvent posted = read.get();
            return new Good(position, posted.event(), posted.repeatable());
        } catch (ProblemException problem) {
            return new Bad(position, problem);
        }
    }

    /** The ids under which something may be stored. */
    static List<UUID> repeatableIds(List<? extends BulkEvent> events) {
        List<UUID> ids = new ArrayList<>();
        for (BulkEvent event : events) {
            if (event instanceof Good good && good.repeatable()) {
                ids.add(good.event().id());
            }
        }
        return ids;
    }
}
