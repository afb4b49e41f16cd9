package io.sluice.api.messages.bulk;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violations;
import io.sluice.api.messages.post.NewMessage;
import io.sluice.api.messages.post.Origin;
import io.sluice.api.messages.post.PostedEvent;
import io.sluice.contract.Event;
import io.sluice.contract.Fingerprint;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Publishes the events of one request, each line of its body one, in their order. */
final class BulkPost {

    /**
     * Most lines of a body that are refused: a compressed one has billions of them in 20 MiB, and each costs time and tells its sender nothing
     * new.
     */
    static final int MAX_REFUSED = 100_000;

    private final BulkPosts posts;
    private final Origin origin;
    private final InFlightEvents inFlight = new InFlightEvents();
    private final BulkTally tally = new BulkTally();

    BulkPost(BulkPosts posts, Origin origin) {
        this.posts = posts;
        this.origin = origin;
    }

    /**
     * Publishes all of the body; blocks.
     *
     * @throws ProblemException with the {@link BulkResult} so far, where the body cannot be read to its end or Kafka fails
     */
    BulkResult publish(InputStream body) {
        ProblemException unread = publishLines(new LineReader(body, NewMessage.MAX_BODY_BYTES));
        ProblemException failed = inFlight.awaitAll();
        BulkResult result = tally.result(inFlight.accepted(), inFlight.through());
        if (failed != null) {
            throw failed.with(result);
        }
        if (unread != null) {
            throw unread.with(result);
        }
        return result;
    }

    /** Returns what has ended it, or {@code null} at the end of the lines. */
    private @Nullable ProblemException publishLines(LineReader lines) {
        try {
            while (lines.fill()) {
                List<BulkEvent.Good> events = new ArrayList<>();
                for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
                    byte[] bytes = line.bytes();
                    if (bytes == null || !isBlank(bytes)) {
                        posts.metrics().posted(1);
                        BulkEvent event = BulkEvent.read(line.position(), () -> read(bytes));
                        if (event instanceof BulkEvent.Bad bad) {
                            // At once: a block can have tens of thousands of them.
                            tally.refuse(bad.position(), bad.problem());
                            if (tally.refused() > MAX_REFUSED) {
                                publish(events);
                                inFlight.pass(bad.position());
                                throw tooManyRefused();
                            }
                        } else {
                            events.add((BulkEvent.Good) event);
                        }
                    }
                }
                publish(events);
                inFlight.pass(lines.position());
            }
            return null;
        } catch (ProblemException e) {
            return e;
        }
    }

    private static ProblemException tooManyRefused() {
        return ProblemException.of(
                ProblemCode.INVALID_REQUEST,
                "More than " + MAX_REFUSED
                        + " lines are refused; refusals has the first of them. Mend what has written them, and go on "
                        + "behind acknowledgedThrough.");
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private PostedEvent read(byte @Nullable [] line) {
        if (line == null) {
            throw ProblemException.of(
                    ProblemCode.CONTENT_TOO_LARGE,
                    "A line may have at most " + NewMessage.MAX_BODY_BYTES + " bytes; send a smaller event.");
        }
        return posts.event(NewMessage.parse(line, new Violations()), origin);
    }

    private void publish(List<BulkEvent.Good> events) {
        Map<UUID, Fingerprint> stored = posts.stored(BulkEvent.repeatableIds(events));
        for (BulkEvent.Good event : events) {
            if (!tally.settles(event, stored)) {
                publish(event);
            }
            inFlight.pass(event.position());
        }
    }

    private void publish(BulkEvent.Good good) {
        long begun = System.nanoTime();
        InFlightEvents.Sent sent =
                inFlight.begin(good.position(), good.event().id(), good.event().payload().length);
        ProblemException refused = handOver(good.event(), sent, begun);
        long since = System.nanoTime();
        // The producer forgets the topic when it has lost all brokers, and refuses at once what it would have tried for
        // 10 s before.
        while (refused != null && inFlight.pauseBeforeRetry(since)) {
            refused = handOver(good.event(), sent, begun);
        }
        if (refused != null) {
            inFlight.end(sent, refused);
        }
    }

    /** Hands an event to the producer; returns why it was not accepted, or {@code null}. */
    private @Nullable ProblemException handOver(Event event, InFlightEvents.Sent sent, long begun) {
        return posts.publisher().publish(event, inFlight.areOthersAwaited(sent), problem -> {
            if (problem == null) {
                posts.metrics().acknowledged(begun);
            }
            inFlight.end(sent, problem);
        });
    }
}
