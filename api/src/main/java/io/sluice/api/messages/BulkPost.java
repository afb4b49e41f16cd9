package io.sluice.api.messages;

import io.sluice.api.http.problems.ProblemCode;
import io.sluice.api.http.problems.ProblemException;
import io.sluice.api.http.problems.Violations;
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

    private final BulkPosts posts;
    private final Origin origin;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final List<BulkResult.Refusal> refusals = new ArrayList<>();
    private long refused;
    private long repeated;

    BulkPost(BulkPosts posts, Origin origin) {
        this.posts = posts;
        this.origin = origin;
    }

    /** A line that was read. */
    private sealed interface Read {
        long position();
    }

    /** An event, whose id may be stored already if the client has chosen it. */
    private record Good(long position, Event event, boolean repeatable) implements Read {}

    private record Bad(long position, ProblemException problem) implements Read {}

    /**
     * Publishes all of the body; blocks.
     *
     * @throws ProblemException with the {@link BulkResult} so far, where the body cannot be read to its end or Kafka fails
     */
    BulkResult publish(InputStream body) {
        ProblemException unread = publishLines(new LineReader(body, NewMessage.MAX_BODY_BYTES));
        ProblemException failed = acknowledgements.awaitAll();
        BulkResult result = new BulkResult(
                acknowledgements.accepted() + repeated, repeated, refused, acknowledgements.through(), refusals);
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
                List<Read> read = new ArrayList<>();
                for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
                    if (!isBlank(line)) {
                        posts.metrics().posted();
                        read.add(read(line));
                    }
                }
                publish(read);
                acknowledgements.pass(lines.position());
            }
            return null;
        } catch (ProblemException e) {
            return e;
        }
    }

    private static boolean isBlank(LineReader.Line line) {
        byte[] bytes = line.bytes();
        if (bytes == null || bytes.length > 0 && bytes[0] == '{') {
            return false;
        }
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private Read read(LineReader.Line line) {
        try {
            byte[] bytes = line.bytes();
            if (bytes == null) {
                throw ProblemException.of(
                        ProblemCode.CONTENT_TOO_LARGE,
                        "A line may have at most " + NewMessage.MAX_BODY_BYTES + " bytes; send a smaller event.");
            }
            NewMessage message = NewMessage.parse(bytes, new Violations());
            return new Good(line.position(), posts.event(message, origin), message.id() != null);
        } catch (ProblemException problem) {
            return new Bad(line.position(), problem);
        }
    }

    private void publish(List<Read> lines) {
        Map<UUID, Fingerprint> stored = posts.stored(chosenIds(lines));
        for (Read line : lines) {
            if (line instanceof Good good) {
                publish(good, stored.get(good.event().id()));
            } else if (line instanceof Bad bad) {
                refuse(bad.position(), bad.problem());
            }
            acknowledgements.pass(line.position());
        }
    }

    private static List<UUID> chosenIds(List<Read> lines) {
        List<UUID> ids = new ArrayList<>();
        for (Read line : lines) {
            if (line instanceof Good good && good.repeatable()) {
                ids.add(good.event().id());
            }
        }
        return ids;
    }

    private void publish(Good line, @Nullable Fingerprint stored) {
        if (stored == null) {
            publish(line.position(), line.event());
        } else if (IdempotentPublisher.isRepeat(line.event(), stored)) {
            repeated++;
        } else {
            refuse(line.position(), IdempotentPublisher.conflict(line.event()));
        }
    }

    private void publish(long position, Event event) {
        long begun = System.nanoTime();
        boolean behindOthers = acknowledgements.areAwaited();
        Acknowledgements.Sent sent = acknowledgements.begin(position, event.id(), event.payload().length);
        posts.publisher().publish(event, behindOthers, problem -> {
            if (problem == null) {
                posts.metrics().acknowledged(begun);
            }
            acknowledgements.end(sent, problem);
        });
    }

    private void refuse(long position, ProblemException problem) {
        refused++;
        if (refusals.size() < BulkResult.MAX_REFUSALS) {
            refusals.add(new BulkResult.Refusal(position, problem.problem()));
        }
    }
}
